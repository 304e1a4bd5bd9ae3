package dev.mneme.cli;

import java.nio.file.Path;
import java.util.Optional;

/**
 * One photo to edit.
 *
 * @param source what is read
 * @param target where the result goes; the source itself only when asked for
 * @param comparison where before and after go side by side, if wanted
 */
record EditJob(Path source, Path target, Optional<Path> comparison) {}
