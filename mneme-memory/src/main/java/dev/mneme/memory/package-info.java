/**
 * Functional memory: a condition goes in, low-rank weights for a frozen base come out.
 *
 * <p>Order of calls: a base names its {@link dev.mneme.memory.AdapterLayout}; a {@link
 * dev.mneme.memory.Memory} is made for that layout; {@link dev.mneme.memory.Memory#recall} turns a
 * {@link dev.mneme.memory.Condition} into {@link dev.mneme.memory.Adapters}, one set of factors for
 * each row of the batch; the base's forward receives them as an argument and applies them with
 * {@link dev.mneme.memory.AdaptedLinear}. Nothing is written into the base.
 */
package dev.mneme.memory;
