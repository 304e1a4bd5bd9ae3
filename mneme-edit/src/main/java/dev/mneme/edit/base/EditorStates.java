package dev.mneme.edit.base;

import org.bytedeco.pytorch.Tensor;

/**
 * What the base sees in a batch of tiles.
 *
 * @param text [B, L, d] text tokens after the last block
 * @param textInput [B, L, d] text tokens before the first block
 * @param image [B, 16, d] pooled image tokens after the last block
 * @param imageInput [B, 16, d] pooled image tokens before the first block
 */
public record EditorStates(Tensor text, Tensor textInput, Tensor image, Tensor imageInput) {}
