package dev.mneme.cli;

import dev.mneme.edit.corpus.Corpus;
import dev.mneme.edit.corpus.Photo;
import dev.mneme.edit.learn.TaskMix;
import dev.mneme.edit.pipeline.Memories;
import dev.mneme.edit.task.EditTask;
import dev.mneme.edit.task.EditTasks;
import dev.mneme.edit.text.RoutedTextEncoder;
import dev.mneme.edit.text.TextEncoder;
import dev.mneme.learn.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mneme refine}. */
@Command(
    name = "refine",
    description = {
      "Betters single tasks of an editor, and leaves all others as they are.",
      "",
      "For each task the mix of features that is best for all pictures alike, beside what the memory writes, is solved"
          + " from training photographs, judged by others, and kept in the models where it helps; and so is a second one of what"
          + " the first leaves, where that helps much. A minute a task;"
          + " what is there already is left out, so that a stopped call can be made again."
    },
    footer = {
      "",
      "Examples:",
      "  mneme refine",
      "  mneme refine --tasks deblur,remove_jpeg",
      "  mneme refine --models runs/models --tasks later",
    })
final class RefineCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--models",
      paramLabel = "DIR",
      description = "Folder of the models to better. Default: the installation's.")
  private Path models;

  @Option(
      names = "--photos",
      paramLabel = "DIR",
      description = "Photographs; those for training are used. Default: the installation's.")
  private Path photos;

  @Option(
      names = "--tasks",
      split = ",",
      description =
          "These tasks only, by name; base, memory and later stand for all of their kind. Default: all.")
  private List<String> tasks = List.of();

  @Option(names = "--seed", description = "Seed of the examples. Default: ${DEFAULT-VALUE}.")
  private long seed = 7;

  @Override
  public Integer call() throws IOException {
    List<EditTask> asked = TaskNames.tasks(tasks, EditTasks.all()).stream().distinct().toList();
    Path place = models == null ? Installation.models() : models;
    Path kept = place.resolve(Memories.OWN);
    List<Photo> learned = Corpus.load(photos == null ? Installation.photos() : photos).train();
    try (StopSignal stop = new StopSignal("Stopped. Make the same call again to go on.");
        TextEncoder encoder = new RoutedTextEncoder(TrainingOptions.SENTENCES);
        TileBar bar = bar()) {
      TaskMix mix = new TaskMix(place, learned, encoder, seed);
      for (int t = 0; t < asked.size(); t++) {
        EditTask task = asked.get(t);
        int before = t;
        Progress all =
            (done, total, loss) ->
                bar.tile((int) (before * total + done), (int) (asked.size() * total));
        Path folder = kept.resolve(task.name());
        if (Files.exists(folder.resolve("adapter_config.json"))) { // written last
          say("%s: is there already", task.name());
          continue;
        }
        TaskMix.Bettered found = mix.solve(task, stop.between(all));
        if (found.helps()) {
          Writing.to(folder, () -> found.save(folder));
        }
        say(
            "%s: %.2f -> %.2f dB (gain %.2f, standard error %.2f), %s",
            task.name(),
            found.before(),
            found.after(),
            found.after() - found.before(),
            found.error(),
            !found.helps() ? "not kept" : found.again() ? "kept, two mixes" : "kept");
      }
    }
    return ExitCode.OK.code();
  }

  private TileBar bar() {
    return new TileBar(
        "refining",
        " batches",
        Installation.onTerminal() ? spec.commandLine().getErr() : null,
        System::nanoTime);
  }

  private void say(String line, Object... values) {
    spec.commandLine().getOut().println(String.format(Locale.ROOT, line, values));
    spec.commandLine().getOut().flush();
  }
}
