/**
 * The learning lab: experiments on memories, run from one command and reported in one page each.
 *
 * <p>{@link dev.mneme.lab.Lab#experiments} names them; {@link dev.mneme.lab.Lab#run} runs one and
 * writes its report.
 */
package dev.mneme.lab;
