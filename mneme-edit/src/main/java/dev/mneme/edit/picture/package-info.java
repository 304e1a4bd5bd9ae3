/**
 * Pictures, their files, and how alike two of them are.
 *
 * <p>Call order: {@link dev.mneme.edit.picture.PictureReader} gives a {@link
 * dev.mneme.edit.picture.RasterImage}, whose windows become {@link dev.mneme.edit.picture.Picture}
 * values to compute with; results are put back into a raster and {@link
 * dev.mneme.edit.picture.PictureWriter} makes a file of it. {@link dev.mneme.edit.picture.Measures}
 * compares.
 */
package dev.mneme.edit.picture;
