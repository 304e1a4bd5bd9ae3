package dev.mneme.edit.picture;

/**
 * What a picture file says about itself, known before any pixel is decoded.
 *
 * @param format by content, not by name
 * @param width columns as shown, after turning
 * @param height rows as shown, after turning
 * @param frames frames of an animation, otherwise 1
 */
public record PictureHeader(PictureFormat format, int width, int height, int frames) {}
