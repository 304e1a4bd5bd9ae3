package dev.mneme.cli;

import dev.mneme.edit.learn.UnderstandingRun;
import dev.mneme.edit.learn.Wording;
import dev.mneme.edit.measure.UnderstandingScores;
import dev.mneme.edit.pipeline.Hearing;
import dev.mneme.edit.task.EditTask;
import dev.mneme.edit.task.EditTasks;
import dev.mneme.edit.text.RoutedTextEncoder;
import dev.mneme.edit.text.TextEncoder;
import dev.mneme.edit.text.Understanding;
import dev.mneme.edit.text.Verdict;
import dev.mneme.edit.words.Asked;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mneme understand}. */
@Command(
    name = "understand",
    description = {
      "Says how sure Mneme is that sentences ask for something it knows, and for what.",
      "With --fit: learns that from all phrasings and from the list of unknown wishes, and measures"
          + " it on those held out. An hour on two free processors, 20 GB of memory; stopped, the same"
          + " command goes on."
    },
    footer = {
      "",
      "Examples:",
      "  mneme understand \"make it warmer\" \"add a dog\"",
      "  mneme understand --measure",
      "  mneme understand --measure --each 1000",
      "  mneme understand --fit models/understanding",
      "  mneme understand --fit my-understanding --listeners models/understanding",
      "  mneme understand --fit models/memory-mine/understanding --tasks base,memory"
    })
final class UnderstandCommand implements Callable<Integer> {
  private static final int SENTENCES = 64; // of a lesson's step

  @Spec private CommandSpec spec;

  @Parameters(arity = "0..*", paramLabel = "SENTENCE", description = "In English or Chinese.")
  private List<String> sentences = List.of();

  @Option(names = "--fit", paramLabel = "DIR", description = "Folder to write what is learned to.")
  private Path fit;

  @Option(
      names = "--tasks",
      split = ",",
      description =
          "What is known, with --fit and --measure: names of tasks; base, memory and later stand for all"
              + " of their kind. Default: all.")
  private List<String> tasks = List.of();

  @Option(
      names = "--measure",
      description = "Measure what the models understand on held-out sentences.")
  private boolean measure;

  @Option(
      names = "--each",
      paramLabel = "N",
      description =
          "Held-out sentences of each task and language that are measured on, with --fit and --measure."
              + " There are up to 124; all take more than an hour. Default: ${DEFAULT-VALUE}.")
  private int most = 15;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description =
          "How often the encoders read every sentence to learn to tell tasks apart, with --fit; 0 takes"
              + " them as they are. Default: ${DEFAULT-VALUE}.")
  private int epochs = 5;

  @Option(
      names = "--listeners",
      paramLabel = "DIR",
      description =
          "Folder of an understanding whose listeners are taken, with --fit, instead of teaching them"
              + " anew: for new sentences, about 40 minutes.")
  private Path listeners;

  @Option(
      names = "--run",
      paramLabel = "DIR",
      description =
          "Folder of the encoders' lessons, with --fit; one that was stopped goes on from there. Default:"
              + " ${DEFAULT-VALUE}.")
  private Path run = Path.of("runs", "understanding");

  @Option(
      names = "--models",
      paramLabel = "DIR",
      description = "Folder of models, with 'understanding'. Without it that of Mneme.")
  private Path models;

  @Override
  public Integer call() throws IOException {
    Arguments given = new Arguments(sentences, spec);
    long ways = Stream.of(!sentences.isEmpty(), fit != null, measure).filter(on -> on).count();
    if (ways != 1) {
      throw given.misuse(
          "Expected sentences, --fit or --measure, found "
              + (ways == 0 ? "none of them." : "several of them."));
    }
    if (epochs < 0) {
      throw given.misuse("Expected --epochs 0 or more, found %d.".formatted(epochs));
    }
    if (most < 1) {
      throw given.misuse("Expected --each 1 or more, found %d.".formatted(most));
    }
    PrintWriter out = spec.commandLine().getOut();
    try (TextEncoder encoder = new RoutedTextEncoder()) {
      if (fit != null) {
        fit(encoder, out);
      } else if (measure) {
        print(hearing(encoder), TaskNames.tasks(tasks, EditTasks.all()), out);
      } else {
        Hearing hearing = hearing(encoder);
        sentences.forEach(sentence -> out.println(verdict(hearing, sentence)));
      }
    }
    out.flush();
    return ExitCode.OK.code();
  }

  private static String verdict(Hearing hearing, String sentence) {
    Asked asked = hearing.asked(sentence);
    if (asked.deed().isRetouch()) { // heard by rules, which are not more or less sure
      return "1.00  known    %-16s  %s%s".formatted(Step.RETOUCH, sentence, said(List.of(asked)));
    }
    Verdict verdict = hearing.of(asked.wish());
    List<Asked> wishes = hearing.inTurn(asked);
    boolean plainer =
        verdict.known() && wishes.size() == 1 && !verdict.said(asked.wish()).equals(asked.wish());
    return "%.2f  %s  %-16s  %s%s%s"
        .formatted(
            verdict.confidence(),
            verdict.known() ? "known  " : "unknown",
            verdict.known() ? verdict.likest() : "",
            sentence,
            said(wishes),
            plainer ? "  read as \"" + verdict.plain() + '"' : "");
  }

  private Hearing hearing(TextEncoder encoder) throws IOException {
    Path place = models == null ? Installation.models() : models;
    return Hearing.load(place, encoder)
        .orElseThrow(() -> new NoSuchFileException(place.resolve(Hearing.FOLDER).toString()));
  }

  private void fit(TextEncoder encoder, PrintWriter out) throws IOException {
    List<EditTask> known = TaskNames.tasks(tasks, EditTasks.all());
    try (TrainingProgress progress = new TrainingProgress(System.err, SENTENCES)) {
      Optional<Understanding> taught =
          listeners == null ? Optional.empty() : Optional.of(Understanding.load(listeners));
      UnderstandingRun.Lessons lessons =
          new UnderstandingRun.Lessons(run, epochs, taught, progress);
      Understanding fitted = UnderstandingRun.fit(encoder, known, lessons, this::say);
      Writing.to(fit, () -> fitted.save(fit));
    }
    // Measured as it is in the file, rounded.
    Hearing written = new Hearing(Understanding.load(fit), encoder);
    print(written, known, out);
  }

  private void print(Hearing hearing, List<EditTask> known, PrintWriter out) {
    for (Wording wording : List.of(Wording.ENGLISH_HELD_OUT, Wording.CHINESE_HELD_OUT)) {
      UnderstandingScores scores = UnderstandingScores.of(hearing, known, wording, most);
      out.printf("%s, taken for unknown:%n", wording);
      out.printf("  of unknown wishes  %s%n", scores.unknown());
      out.printf("  of known phrasings %s %s%n", scores.known(), scores.known().sentences());
      out.printf("  of pairs of them   %s %s%n", scores.pairs(), scores.pairs().sentences());
      out.printf("%s, heard as another task:%n", wording);
      out.printf("  %s %s%n", scores.misheard(), scores.misheard().sentences());
      scores.typed().forEach((habit, heard) -> out.printf("  typed %s: %s%n", habit, heard));
      out.printf("%s, left to the base alone:%n", wording);
      out.printf("  of what it does alone    %s%n", scores.alone());
      out.printf("  of what needs the memory %s %s%n", scores.shut(), scores.shut().sentences());
      out.printf("%s, parted into wishes:%n", wording);
      out.printf("  two wishes, not parted   %s%n", scores.joined());
      out.printf("  one wish, parted         %s %s%n", scores.torn(), scores.torn().sentences());
      out.printf("%s, heard by the wrong memory:%n", wording);
      out.printf("  what arrived later   %s%n", scores.overlooked());
      out.printf("  what was there first %s %s%n", scores.claimed(), scores.claimed().sentences());
    }
  }

  /** How strongly and where, of one wish; of several also which they are. */
  private static String said(List<Asked> wishes) {
    List<String> parts =
        wishes.stream()
            .map(w -> (wishes.size() > 1 ? w.wish() + " " : "") + heard(w))
            .map(String::strip)
            .toList();
    String all = String.join(" | ", parts);
    return all.isEmpty() ? "" : "  " + (wishes.size() > 1 ? "[" + all + "]" : all);
  }

  private static String heard(Asked wish) {
    return wish.heard().isEmpty() ? "" : "(" + wish.heard() + ")";
  }

  private void say(String what) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(what);
    err.flush();
  }
}
