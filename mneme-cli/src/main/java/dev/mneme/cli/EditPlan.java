package dev.mneme.cli;

import dev.mneme.edit.picture.PictureFormat;
import dev.mneme.edit.picture.PictureWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Decides where every result goes, and refuses before any work what would overwrite a photo or
 * another result.
 *
 * @param out file or folder, or null: beside each photo
 * @param inPlace whether results take their photo's place
 * @param compare whether side-by-side pictures are wanted
 * @param mask a file that is read beside the photos, and must stay as it is
 */
record EditPlan(Path out, boolean inPlace, boolean compare, Optional<Path> mask) {
  /**
   * One job a photo.
   *
   * @param arguments photos and folders
   * @throws CommandException USAGE, EMPTY or CANNOT_WRITE
   * @throws dev.mneme.edit.picture.PictureException UNSUPPORTED if a result has no writable format
   */
  List<EditJob> jobs(List<Path> arguments) throws IOException {
    List<Path> photos = Photos.expand(arguments);
    boolean many = photos.size() > 1 || arguments.stream().anyMatch(Files::isDirectory);
    Path folder = inPlace || out == null ? null : folder(many);
    List<EditJob> jobs = new ArrayList<>();
    for (Path photo : photos) {
      Path target = target(photo, folder);
      PictureWriter.formatFor(target);
      jobs.add(
          new EditJob(photo, target, compare ? Optional.of(comparison(target)) : Optional.empty()));
    }
    refuseOverwriting(jobs);
    if (folder != null && !Files.isDirectory(folder)) {
      Writing.to(folder, () -> Files.createDirectory(folder));
    }
    return jobs;
  }

  private Path target(Path photo, Path folder) {
    if (inPlace) {
      return Photos.identity(photo); // through links: the photo is replaced, not the link to it
    }
    if (out != null && folder == null) {
      return out;
    }
    String name = photo.toAbsolutePath().normalize().getFileName().toString();
    String extension =
        PictureFormat.ofName(name).filter(PictureFormat::writable).isPresent()
            ? name.substring(name.lastIndexOf('.'))
            : ".png"; // which keeps all that a picture of another format can have
    String stem = Photos.stem(name);
    return folder == null
        ? photo.resolveSibling(stem + Photos.EDITED + extension)
        : folder.resolve(stem + extension);
  }

  private static Path comparison(Path target) {
    String name = target.getFileName().toString();
    String extension = name.substring(name.lastIndexOf('.'));
    return target.resolveSibling(Photos.stem(name) + Photos.COMPARED + extension);
  }

  /**
   * The folder that {@code --out} names, which may not be there yet, or null if it names a file.
   */
  private Path folder(boolean many) {
    if (Files.isDirectory(out)) {
      return out;
    }
    if (many && (Files.exists(out) || PictureFormat.ofName(out.toString()).isPresent())) {
      throw new CommandException(
          ExitCode.USAGE,
          "--out: expected a folder for several photos, found the file name "
              + out
              + ". Name a folder");
    }
    Path parent = out.toAbsolutePath().getParent();
    if (parent == null || !Files.isDirectory(parent) || !Files.isWritable(parent)) {
      throw new CommandException(
          ExitCode.CANNOT_WRITE,
          "--out: expected a folder that can be written, found none at "
              + parent
              + ". Create it, or choose another");
    }
    return many ? out : null;
  }

  private void refuseOverwriting(List<EditJob> jobs) {
    Set<Path> photos = new HashSet<>();
    jobs.forEach(job -> photos.add(Photos.identity(job.source())));
    Optional<Path> kept = mask.map(Photos::identity);
    Set<Path> taken = new HashSet<>();
    for (EditJob job : jobs) {
      for (Path written :
          job.comparison().map(c -> List.of(job.target(), c)).orElse(List.of(job.target()))) {
        if (kept.equals(Optional.of(Photos.identity(written)))) {
          throw new CommandException(
              ExitCode.USAGE,
              "The result for %s would overwrite the mask %s. Choose another --out, or keep the mask elsewhere"
                  .formatted(job.source(), written));
        }
      }
      Path target = Photos.identity(job.target());
      if (!inPlace && photos.contains(target)) {
        throw overwriting(job.source(), job.target());
      }
      if (!taken.add(target)) {
        throw twice(job.target());
      }
      job.comparison()
          .ifPresent(
              comparison -> {
                if (photos.contains(Photos.identity(comparison))) {
                  throw overwriting(job.source(), comparison);
                }
                if (!taken.add(Photos.identity(comparison))) {
                  throw twice(comparison);
                }
              });
    }
  }

  private static CommandException overwriting(Path source, Path target) {
    return new CommandException(
        ExitCode.USAGE,
        "The result for %s would overwrite the photo %s. Choose another --out, or say --in-place"
            .formatted(source, target));
  }

  private static CommandException twice(Path target) {
    return new CommandException(
        ExitCode.USAGE,
        "Two results would be written to "
            + target
            + ". Edit photos of the same name one after another, into different folders");
  }
}
