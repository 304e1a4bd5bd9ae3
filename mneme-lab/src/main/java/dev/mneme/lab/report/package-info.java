/**
 * What an experiment says: one HTML file that needs nothing else, all numbers as JSON, and plots.
 *
 * <p>An experiment makes a {@link dev.mneme.lab.report.Report} of {@link
 * dev.mneme.lab.report.Block}s; {@link dev.mneme.lab.report.ReportWriter} writes it.
 */
package dev.mneme.lab.report;
