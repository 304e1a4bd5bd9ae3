/**
 * Numbers about numbers: intervals, measures of continual learning, geometry of low-rank weights.
 */
package dev.mneme.lab.stats;
