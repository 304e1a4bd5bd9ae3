package dev.mneme.cli;

import dev.mneme.edit.base.EditorBase;
import dev.mneme.edit.base.EditorModel;
import dev.mneme.edit.corpus.Corpus;
import dev.mneme.edit.learn.Wording;
import dev.mneme.edit.measure.Candidate;
import dev.mneme.edit.measure.Candidate.Sees;
import dev.mneme.edit.measure.Evaluation;
import dev.mneme.edit.measure.EvaluationPage;
import dev.mneme.edit.measure.EvaluationTable;
import dev.mneme.edit.measure.QuestionDraw;
import dev.mneme.edit.task.EditTask;
import dev.mneme.edit.task.EditTasks;
import dev.mneme.edit.text.RoutedTextEncoder;
import dev.mneme.edit.text.TextEncoder;
import dev.mneme.memory.Memory;
import dev.mneme.memory.NoMemory;
import dev.mneme.memory.StaticMemory;
import dev.mneme.memory.peft.PeftAdapter;
import dev.mneme.tensor.AtomicFiles;
import dev.mneme.tensor.Engine;
import dev.mneme.tensor.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code mneme evaluate}. */
@Command(
    name = "evaluate",
    description = {
      "Measures an editor on held-out photographs with held-out wording.",
      "Writes evaluation.json, evaluation.md and evaluation.html (with pictures) to --out."
    },
    footer = {
      "",
      "Examples:",
      "  mneme evaluate --out runs/evaluation",
      "  mneme evaluate --out runs/weather --tasks rain,snow,mist",
      "  mneme evaluate --out runs/evaluation --rounds 32 --shared \"LoRA 8=runs/lora8/model\" --full runs/full/model"
    })
final class EvaluateCommand implements Callable<Integer> {
  @Option(
      names = "--models",
      description = "Folder with editor and memory. Default: the installation's.")
  private Path models;

  @Option(names = "--out", required = true, description = "Folder for the report.")
  private Path out;

  @Option(names = "--rounds", description = "Pictures a task. Default: ${DEFAULT-VALUE}.")
  private int rounds = 24;

  @Option(
      names = "--seed",
      description =
          "Draws the questions: another seed, other sentences, windows and damages. Default: ${DEFAULT-VALUE}.")
  private long seed = QuestionDraw.SEED;

  @Option(
      names = "--wording",
      converter = WordingName.class,
      description =
          "Sentences that ask: english-held-out, english-seen, chinese-held-out or chinese-seen. Default: english-held-out.")
  private Wording wording = Wording.ENGLISH_HELD_OUT;

  @Option(
      names = "--tasks",
      split = ",",
      description =
          "Ask for these tasks only, by name; base, memory and later stand for all of their kind. Default: base,memory.")
  private List<String> tasks = List.of();

  @Option(
      names = "--photos",
      description = "Photographs; the held-out ones are used. Default: the installation's.")
  private Path photos;

  @Option(names = "--shared", description = "A shared LoRA to compare with, as NAME=PEFT_FOLDER.")
  private Map<String, Path> shared = new LinkedHashMap<>();

  @Option(names = "--full", description = "A fully fine-tuned base to compare with.")
  private Path full;

  @Override
  public Integer call() throws Exception {
    List<EditTask> asked =
        TaskNames.tasks(tasks, EditTasks.founding()).stream().distinct().toList();
    Precision precision = Engine.start().precision().value();
    Path place = models != null ? models : Installation.models();
    Corpus corpus = Corpus.load(photos != null ? photos : Installation.photos());
    try (TextEncoder encoder = new RoutedTextEncoder()) {
      Evaluation.Setting setting =
          new Evaluation.Setting(
              corpus.heldOut(), asked, encoder, precision, rounds, seed, wording);
      Evaluation done =
          Evaluation.run(
              setting, candidates(place, encoder), w -> System.err.println("measuring " + w));
      Files.createDirectories(out);
      AtomicFiles.writeString(out.resolve("evaluation.json"), EvaluationTable.json(done));
      AtomicFiles.writeString(out.resolve("evaluation.md"), EvaluationTable.markdown(done));
      AtomicFiles.writeString(out.resolve("evaluation.html"), EvaluationPage.html(done));
      System.out.print(EvaluationTable.markdown(done));
    }
    return 0;
  }

  /** The base alone, what it is compared with, and the memory if there is one; all hear alike. */
  private List<Candidate> candidates(Path place, TextEncoder encoder) throws IOException {
    Candidate editor = Candidate.load("editor", place, encoder);
    Candidate memory = editor.withoutOwn("memory");
    EditorBase base = memory.base();
    List<Candidate> all = new ArrayList<>();
    all.add(memory.with("base alone", base, new NoMemory(base.layout())));
    for (Map.Entry<String, Path> e : shared.entrySet()) {
      Memory lora = StaticMemory.of(PeftAdapter.read(e.getValue(), base.layout()));
      all.add(memory.with(e.getKey(), base, lora));
    }
    if (full != null) {
      EditorBase tuned = EditorModel.load(full, 1);
      all.add(memory.with("full fine-tuning", tuned, new NoMemory(tuned.layout())));
    }
    if (!(memory.memory() instanceof NoMemory)) {
      all.addAll(ways(memory));
    }
    if (!editor.memories().own().isEmpty()) {
      all.add(editor);
    }
    return all;
  }

  /** The memory as it is used, by itself, and with conditions that are not the question's. */
  private static List<Candidate> ways(Candidate memory) {
    List<Candidate> ways = new ArrayList<>();
    if (memory.asHeard()) {
      ways.add(memory.literal("memory, to the letter"));
    }
    ways.add(memory);
    ways.add(memory.seeing("… another photo's condition", Sees.ANOTHER_PHOTO));
    ways.add(memory.seeing("… another task's condition", Sees.ANOTHER_TASK));
    ways.add(memory.seeing("… the mean condition", Sees.MEAN));
    return ways;
  }
}
