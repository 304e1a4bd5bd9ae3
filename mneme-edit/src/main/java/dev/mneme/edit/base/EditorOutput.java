package dev.mneme.edit.base;

import org.bytedeco.pytorch.Tensor;

/**
 * What one forward of the base gives.
 *
 * @param picture [B, 3, tile, tile], the edited tiles, not clamped
 * @param text [B, L, d] text tokens after the last block
 * @param textInput [B, L, d] text tokens before the first block
 * @param image [B, 16, d] pooled image tokens after the last block
 * @param imageInput [B, 16, d] pooled image tokens before the first block
 */
public record EditorOutput(
    Tensor picture, Tensor text, Tensor textInput, Tensor image, Tensor imageInput) {}
