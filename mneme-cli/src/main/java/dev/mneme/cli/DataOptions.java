package dev.mneme.cli;

import dev.mneme.edit.corpus.Corpus;
import dev.mneme.edit.corpus.Triples;
import dev.mneme.edit.learn.TripleShare;
import dev.mneme.edit.task.EditTask;
import dev.mneme.edit.task.UserTasks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** Options of training commands that say what is learned from. */
final class DataOptions {
  @Option(
      names = "--photos",
      description = "Folders of photographs. Default: the photos of the installation.")
  List<Path> photos = List.of();

  @Option(
      names = "--tasks",
      split = ",",
      description =
          "Learn these tasks only, by name, your own among them. A name given twice gets two shares;"
              + " base, memory and later stand for all tasks of their kind.")
  List<String> tasks = List.of();

  @Option(
      names = "--task-class",
      paramLabel = "CLASS",
      description =
          "A task of your own, a class that implements dev.mneme.edit.task.EditTask; learned beside"
              + " the others, or alone where --tasks names it.")
  private List<String> taskClasses = List.of();

  @Option(
      names = "--classpath",
      paramLabel = "JAR|DIR",
      description =
          "Where classes of your own tasks are. Without --task-class, all tasks it names in"
              + " META-INF/services are learned.")
  private List<Path> classpath = List.of();

  @Option(
      names = "--triples",
      paramLabel = "DIR",
      description =
          "Learn from a folder of (before, after, sentence) triples, listed in manifest.csv or"
              + " manifest.jsonl.")
  private Path triples;

  @Option(
      names = "--triples-share",
      paramLabel = "0..1",
      description =
          "Share of every batch that is triples, above 0; the rest are tasks on photographs."
              + " Default: 1.")
  private Double share;

  private Triples loaded;

  /** Folders and jars of classes that are no part of Mneme. */
  List<Path> classpath() {
    return classpath;
  }

  /** Whether anything is made from photographs. */
  boolean usesPhotos() {
    return triples == null || share != null && share < 1;
  }

  Optional<Triples> triples() throws IOException {
    if (triples == null && share != null) {
      throw new CommandException(
          ExitCode.USAGE, "--triples-share: expected --triples with it, found none. Add it");
    }
    if (share != null && !(share > 0 && share <= 1)) {
      throw new CommandException(
          ExitCode.USAGE,
          "--triples-share: expected a number above 0 and at most 1, found " + share);
    }
    boolean photosAsked =
        !(photos.isEmpty() && tasks.isEmpty() && taskClasses.isEmpty() && classpath.isEmpty());
    if (photosAsked && !usesPhotos()) {
      throw new CommandException(
          ExitCode.USAGE,
          "--triples: expected it alone, or --triples-share below 1 where tasks or photographs are"
              + " named too, found none. Add a share");
    }
    if (loaded == null && triples != null) {
      loaded = Triples.load(triples);
    }
    return Optional.ofNullable(loaded);
  }

  TripleShare share(Optional<Triples> loaded) {
    return loaded
        .map(all -> new TripleShare(all.train(), share == null ? 1 : share))
        .orElse(TripleShare.NONE);
  }

  Corpus corpus() throws IOException {
    if (photos.isEmpty()) {
      return Corpus.load(Installation.photos());
    }
    Corpus all = Corpus.load(photos.get(0));
    for (Path more : photos.subList(1, photos.size())) {
      all = all.plus(Corpus.load(more));
    }
    return all;
  }

  /** What is learned where {@code usual} would be; tasks of the user's own get two shares. */
  List<EditTask> tasks(List<EditTask> usual) {
    List<EditTask> own = UserTasks.load(classpath, taskClasses);
    if (!tasks.isEmpty()) {
      return tasks.stream().flatMap(name -> named(name, own)).toList();
    }
    List<EditTask> all = new ArrayList<>(usual);
    all.addAll(own);
    all.addAll(own);
    return all;
  }

  private static Stream<EditTask> named(String name, List<EditTask> own) {
    return own.stream()
        .filter(task -> task.name().equals(name))
        .findFirst()
        .map(Stream::of)
        .orElseGet(() -> TaskNames.tasks(List.of(name), List.of()).stream());
  }
}
