/**
 * The {@code mneme} command: one class a command, registered in {@link dev.mneme.cli.Main}.
 *
 * <p>A command throws what goes wrong; {@link dev.mneme.cli.Failures} alone turns it into one line
 * for people and an {@link dev.mneme.cli.ExitCode} for programs.
 */
package dev.mneme.cli;
