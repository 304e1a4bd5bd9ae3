package dev.mneme.edit.base;

import org.bytedeco.pytorch.Tensor;

/**
 * What one forward of the base reads.
 *
 * @param tiles [B, 3, tile, tile], sRGB in [0, 1]
 * @param text what is asked for, for each row
 * @param context [B, 16, d] pooled tokens of the whole picture's glance, or null while glancing
 * @param place [B, 4] where each tile lies in its picture: left, top, right, bottom in [0, 1]
 */
public record EditorInput(Tensor tiles, TextBatch text, Tensor context, Tensor place) {}
