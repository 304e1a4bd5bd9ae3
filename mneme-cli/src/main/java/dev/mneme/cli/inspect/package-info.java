/**
 * Weights explained: {@link dev.mneme.cli.inspect.Inspector#explain} finds out what a path holds
 * and describes it; tensors that are alike in every block share one line of its table.
 */
package dev.mneme.cli.inspect;
