/**
 * The experiments: each asks one question of memories and answers with a report.
 *
 * <p>None has a training loop of its own; what learns is given to {@link
 * dev.mneme.lab.method.Workshop}. {@code docs/lab.md} explains each and defines its measures.
 */
package dev.mneme.lab.experiment;
