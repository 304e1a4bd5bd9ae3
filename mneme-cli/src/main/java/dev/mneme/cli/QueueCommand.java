package dev.mneme.cli;

import dev.mneme.learn.RunCurves;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mneme lab queue}. */
@Command(
    name = "queue",
    description = {
      "Does the runs of a file, one command line of pretrain or learn a line, one after another.",
      "Stop it and start it again whenever you like: finished runs are skipped, a stopped one goes on.",
      "A run that fails does not stop the others. Blank lines and lines that begin with # are skipped."
    },
    footer = {
      "",
      "Example:",
      "  mneme lab queue runs.txt",
      "where runs.txt has lines such as",
      "  learn --run runs/rank4 --rank 4 --steps 800",
      "  learn --run \"runs/rank 8\" --rank 8 --steps 800"
    })
final class QueueCommand implements Callable<Integer> {
  /** Bare and quoted pieces that touch are one word. */
  private static final Pattern WORD = Pattern.compile("(?:[^\\s\"']|\"[^\"]*\"|'[^']*')+");

  private static final Pattern PIECE = Pattern.compile("\"([^\"]*)\"|'([^']*)'|([^\"']+)");

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "The command lines.")
  private Path file;

  @Override
  public Integer call() throws Exception {
    Map<String, TrainingCommand> runs = read();
    PrintWriter out = spec.commandLine().getOut();
    ExitCode first = ExitCode.OK;
    for (Map.Entry<String, TrainingCommand> line : runs.entrySet()) {
      TrainingCommand run = line.getValue();
      try {
        if (finished(run)) {
          out.println(run.directory() + ": finished already");
        } else {
          out.println(run.directory() + ": begins");
          out.flush();
          run.call();
        }
      } catch (Exception e) {
        Main main = (Main) spec.root().userObject();
        ExitCode code = main.report(e, spec.commandLine(), line.getKey() + ": " + run.directory());
        first = first == ExitCode.OK ? code : first;
      }
      out.flush();
    }
    return first.code();
  }

  /** Whether the directory holds this very run, done. */
  private static boolean finished(TrainingCommand run) throws IOException {
    if (!RunCurves.finished(run.directory())) {
      return false;
    }
    run.record().begin(run.directory()); // or it is another run's
    return true;
  }

  /** Every command by its place in the file; all are understood before the first begins. */
  private Map<String, TrainingCommand> read() throws IOException {
    Map<String, TrainingCommand> runs = new LinkedHashMap<>();
    Map<Path, String> places = new LinkedHashMap<>();
    int number = 0;
    for (String line : Files.readAllLines(file)) {
      number++;
      String origin = "%s, line %d".formatted(file, number);
      if (line.isBlank() || line.strip().startsWith("#")) {
        continue;
      }
      List<String> words = words(line, origin);
      if (words.get(0).equals("mneme")) {
        words.remove(0);
      }
      TrainingCommand run = CommandLines.training(words, origin);
      String before = places.put(Photos.identity(run.directory()), origin);
      if (before != null) {
        throw new CommandException(
            ExitCode.USAGE,
            "%s: expected a --run of its own, found %s, which %s has. Change one"
                .formatted(origin, run.directory(), before));
      }
      runs.put(origin, run);
    }
    return runs;
  }

  /** Words of a line as a shell takes them, in either kind of quotes where they hold spaces. */
  static List<String> words(String line, String origin) {
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(line);
    int end = 0;
    while (word.find()) {
      if (!line.substring(end, word.start()).isBlank()) {
        break;
      }
      StringBuilder text = new StringBuilder();
      Matcher piece = PIECE.matcher(word.group());
      while (piece.find()) {
        for (int group = 1; group <= 3; group++) {
          text.append(piece.group(group) == null ? "" : piece.group(group));
        }
      }
      words.add(text.toString());
      end = word.end();
    }
    if (!line.substring(end).isBlank()) {
      throw new CommandException(
          ExitCode.USAGE,
          "%s: expected every quote to be closed, found '%s'".formatted(origin, line.strip()));
    }
    return words;
  }
}
