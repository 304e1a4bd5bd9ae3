/** Weights out of ONNX files, for models that are written anew in tensors. */
package dev.mneme.tensor.onnx;
