/**
 * How fast an editor is and how much memory it takes.
 *
 * <p>{@link dev.mneme.edit.bench.EditBenchmark#run} opens the models, edits and gives a {@link
 * dev.mneme.edit.bench.Benchmark}; {@link dev.mneme.edit.bench.BenchmarkTable} writes it as text
 * and as JSON. {@code docs/performance.md} says what each number means.
 */
package dev.mneme.edit.bench;
