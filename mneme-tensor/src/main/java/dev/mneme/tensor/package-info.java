/**
 * The floor everything stands on: libtorch start-up, native memory, number precision, attention and
 * files that are never half written.
 *
 * <p>Call {@link dev.mneme.tensor.Engine#start()} before the first tensor; make the tensors of one
 * call inside a {@code PointerScope} or {@link dev.mneme.tensor.Scopes}; compute in reduced
 * precision inside an {@link dev.mneme.tensor.Autocast}.
 */
package dev.mneme.tensor;
