package dev.mneme.lab.method;

/**
 * What a training took.
 *
 * @param secondsPerStep mean wall time of a step after the first; NaN where no step was timed
 * @param peakBytes the most resident memory of the process at the end of any step: what earlier
 *     trainings of the same process have not given back is counted too
 */
public record Cost(double secondsPerStep, long peakBytes) {}
