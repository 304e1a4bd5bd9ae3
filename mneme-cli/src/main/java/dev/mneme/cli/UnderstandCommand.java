package dev.mneme.cli;

import dev.mneme.edit.learn.UnderstandingRun;
import dev.mneme.edit.learn.Wording;
import dev.mneme.edit.measure.UnderstandingScores;
import dev.mneme.edit.pipeline.Hearing;
import dev.mneme.edit.task.EditTasks;
import dev.mneme.edit.text.RoutedTextEncoder;
import dev.mneme.edit.text.TextEncoder;
import dev.mneme.edit.text.Understanding;
import dev.mneme.edit.words.Asked;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
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
          + " it on those held out. Half a minute on a free processor."
    },
    footer = {
      "",
      "Examples:",
      "  mneme understand \"make it warmer\" \"add a dog\"",
      "  mneme understand --fit models/understanding"
    })
final class UnderstandCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(arity = "0..*", paramLabel = "SENTENCE", description = "In English or Chinese.")
  private List<String> sentences = List.of();

  @Option(names = "--fit", paramLabel = "DIR", description = "Folder to write what is learned to.")
  private Path fit;

  @Option(
      names = "--models",
      paramLabel = "DIR",
      description = "Folder with the model 'understanding'. Without it that of Mneme.")
  private Path models;

  @Override
  public Integer call() throws IOException {
    Arguments given = new Arguments(sentences, spec);
    if (sentences.isEmpty() == (fit == null)) {
      throw given.misuse(
          "Expected sentences or --fit, found " + (fit == null ? "neither." : "both."));
    }
    PrintWriter out = spec.commandLine().getOut();
    try (TextEncoder encoder = new RoutedTextEncoder()) {
      if (fit != null) {
        fit(encoder, out);
      } else {
        Path place = models == null ? Installation.models() : models;
        Understanding understanding = Understanding.load(place.resolve("understanding"));
        for (String sentence : sentences) {
          Asked asked = Asked.of(sentence);
          Hearing hearing = new Hearing(understanding, encoder);
          Understanding.Verdict verdict = hearing.of(asked.wish());
          List<Asked> wishes = hearing.inTurn(asked);
          out.printf(
              "%.2f  %s  %-16s  %s%s%n",
              verdict.confidence(),
              verdict.known() ? "known  " : "unknown",
              verdict.known() ? verdict.likest() : "",
              sentence,
              said(wishes));
        }
      }
    }
    out.flush();
    return ExitCode.OK.code();
  }

  private void fit(TextEncoder encoder, PrintWriter out) throws IOException {
    Understanding fitted = UnderstandingRun.fit(encoder, EditTasks.all(), this::say);
    Writing.to(fit, () -> fitted.save(fit));
    // Measured as it is in the file, rounded.
    Understanding written = Understanding.load(fit);
    for (Wording wording : List.of(Wording.ENGLISH_HELD_OUT, Wording.CHINESE_HELD_OUT)) {
      UnderstandingScores scores = UnderstandingScores.of(written, encoder, wording);
      out.printf("%s, taken for unknown:%n", wording);
      out.printf("  of unknown wishes  %s%n", scores.unknown());
      out.printf("  of known phrasings %s %s%n", scores.known(), scores.known().sentences());
      out.printf("  of pairs of them   %s %s%n", scores.pairs(), scores.pairs().sentences());
      out.printf("%s, left to the base alone:%n", wording);
      out.printf("  of what it does alone    %s%n", scores.alone());
      out.printf("  of what needs the memory %s %s%n", scores.shut(), scores.shut().sentences());
      out.printf("%s, parted into wishes:%n", wording);
      out.printf("  two wishes, not parted   %s%n", scores.joined());
      out.printf("  one wish, parted         %s %s%n", scores.torn(), scores.torn().sentences());
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
