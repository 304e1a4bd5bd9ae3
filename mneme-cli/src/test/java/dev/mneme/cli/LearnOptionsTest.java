package dev.mneme.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mneme.edit.picture.PictureReader;
import dev.mneme.tensor.Tensors;
import dev.mneme.tensor.safetensors.SafetensorsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run can be told to do beyond plain steps, on a tiny editor. */
class LearnOptionsTest {
  @TempDir static Path shared;
  private static Path editor;

  @TempDir Path folder;
  private Path run;
  private Path photos;

  @BeforeAll
  static void writeModels() throws IOException {
    editor = Models.write(shared.resolve("models")).resolve("editor");
  }

  @BeforeEach
  void writePhotos() throws IOException {
    run = folder.resolve("run");
    photos = Files.createDirectory(folder.resolve("photos"));
    PhotoFiles.write(photos.resolve("a.png"));
    PhotoFiles.write(photos.resolve("b.png"), 7);
  }

  private List<Object> command(Path directory, Object... more) {
    List<Object> arguments = new ArrayList<>();
    arguments.addAll(List.of("learn", "--run", directory, "--editor", editor));
    arguments.addAll(List.of("--method", "shared", "--rank", 2, "--batch", 2));
    arguments.addAll(List.of(more));
    return arguments;
  }

  private Ran learn(Object... more) {
    return Ran.mneme(command(run, more).toArray());
  }

  private JsonNode recorded() throws IOException {
    return new ObjectMapper().readTree(run.resolve("run.json").toFile());
  }

  @Test
  void learnsFromTriples() throws IOException {
    Files.writeString(
        photos.resolve("manifest.csv"),
        "before,after,sentence,split\na.png,b.png,make it brighter,\nb.png,a.png,darker,held-out\n");
    learn("--triples", photos, "--steps", 2, "--evaluate-every", 25).ok();
    assertEquals(1, recorded().at("/data/triples").asInt());
    assertEquals(0, recorded().at("/data/photos").asInt());
    String result = Files.readString(run.resolve("result.json"));
    assertTrue(result.contains("heldOut") && result.contains("\"triples\""), result);

    learn("--triples", photos, "--tasks", "warm").failed(ExitCode.USAGE, "--triples-share");
    learn("--triples-share", 0.5).failed(ExitCode.USAGE, "--triples");
    Files.writeString(photos.resolve("manifest.csv"), "before,after,sentence\na.png,c.png,warm\n");
    learn("--triples", photos)
        .failed(ExitCode.BAD_MANIFEST, "manifest.csv, line 2: expected a picture", "c.png");
  }

  @Test
  void goesOnFromAMemory() throws IOException {
    Path memory = editor.resolveSibling("memory");
    from(memory, run).ok();
    String file = "model.safetensors";
    assertEquals(
        weights(memory.resolve(file)),
        weights(run.resolve("model").resolve(file)),
        "where it began");
    assertFalse(Files.exists(run.resolve("lens")), "no first lesson");

    Path other = Repository.ROOT.resolve("models/memory");
    Path elsewhere = folder.resolve("elsewhere");
    Ran ran = from(other, elsewhere);
    assertTrue(ran.code() != 0 && ran.err().contains("expected a memory that reads"), ran.err());
  }

  @Test
  void goesOnFromASharedLora() throws IOException {
    learn("--photos", photos, "--tasks", "warm", "--steps", 1).ok();
    Path lora = run.resolve("model");
    Path longer = folder.resolve("longer");
    Object[] on = {"--photos", photos, "--tasks", "warm", "--steps", 1, "--rate", 1e-12};
    List<Object> all = command(longer, on);
    all.addAll(List.of("--from", lora));
    Ran.mneme(all.toArray()).ok();
    String file = "adapter_model.safetensors";
    assertEquals(
        weights(lora.resolve(file)), weights(longer.resolve("model").resolve(file)), "its start");

    Path memory = editor.resolveSibling("memory");
    List<Object> other = command(folder.resolve("other"), on);
    other.addAll(List.of("--from", memory));
    Ran ran = Ran.mneme(other.toArray());
    assertTrue(ran.code() != 0 && ran.err().contains("adapter_config.json"), ran.err());
  }

  @Test
  void oneTaskLearnsALoraOfItsOwnBesideTheMemory() throws IOException {
    learnTask("--tasks", "warm,cool").failed(ExitCode.USAGE, "expected one task", "[warm, cool]");
    learnTask("--tasks", "warm", "--composed", 0.1).failed(ExitCode.USAGE, "--composed 0.1");
    assertFalse(Files.exists(run), "nothing is written by what is refused");

    learnTask("--tasks", "warm").ok();
    Map<String, Long> learned = weights(run.resolve("model/adapter_model.safetensors"));
    assertTrue(
        learned.entrySet().stream()
            .anyMatch(w -> w.getKey().contains("lora_B") && w.getValue() != 0),
        "it has learned");
  }

  private Ran learnTask(Object... more) {
    List<Object> all = new ArrayList<>(List.of("learn", "--editor", editor, "--photos", photos));
    all.addAll(List.of("--run", run, "--method", "task", "--batch", 2, "--steps", 2));
    all.addAll(List.of(more));
    return Ran.mneme(all.toArray());
  }

  /** One step too small to see. */
  private Ran from(Path memory, Path directory) {
    List<Object> all = new ArrayList<>(List.of("learn", "--run", directory, "--editor", editor));
    all.addAll(List.of("--from", memory, "--photos", photos, "--tasks", "warm"));
    all.addAll(List.of("--batch", 2, "--steps", 1, "--rate", 1e-12));
    return Ran.mneme(all.toArray());
  }

  /** Sums of a file's weights, in ten-thousandths. */
  private static Map<String, Long> weights(Path place) throws IOException {
    Map<String, Long> all = new TreeMap<>();
    try (PointerScope scope = new PointerScope();
        SafetensorsFile file = SafetensorsFile.open(place)) {
      for (String name : file.names()) {
        double sum = 0;
        for (float v : Tensors.toFloats(file.tensor(name).to(torch.ScalarType.Float))) {
          sum += v;
        }
        all.put(name, Math.round(1e4 * sum));
      }
    }
    return all;
  }

  @Test
  void averagesMeasuresAndWritesEvents() throws IOException {
    Files.writeString(photos.resolve("SPLIT.tsv"), "a.png\ttrain\nb.png\theldout\n");
    Object[] all = {
      "--photos",
      photos,
      "--tasks",
      "warm",
      "--steps",
      2,
      "--accumulate",
      2,
      "--ema",
      0.9,
      "--patience",
      3,
      "--evaluate-every",
      25
    };
    Object[] events = Stream.concat(Stream.of(all), Stream.of("--tensorboard")).toArray();
    learn(events).ok();
    try (Stream<Path> files = Files.list(run)) {
      assertEquals(1, files.filter(f -> f.toString().contains("tfevents")).count());
    }
    assertEquals(0.9, recorded().at("/settings/average").asDouble());
    assertEquals(1, recorded().at("/data/photosHeldOut").asInt());
    learn(all).ok(); // events are no part of what a run is

    Files.delete(photos.resolve("SPLIT.tsv"));
    run = folder.resolve("other");
    learn("--photos", photos, "--patience", 1).failed(ExitCode.EMPTY, "held-out", "SPLIT.tsv");
    learn("--photos", photos, "--evaluate-every", 7).failed(ExitCode.USAGE, "multiple");
    learn("--photos", photos, "--ema", 1).failed(ExitCode.USAGE, "average");
    learn("--photos", photos, "--steps", 0).failed(ExitCode.USAGE, "steps >= 1");
    assertFalse(Files.exists(run));
  }

  @Test
  void findsALearningRate() throws IOException {
    learn("--photos", photos, "--tasks", "warm", "--find-rate").ok();
    List<String> table = Files.readAllLines(run.resolve("rates.csv"));
    assertEquals("rate,loss,smooth", table.get(0));
    assertTrue(table.size() > 3 && table.size() <= 101, table.size() + " lines");
    var plot = new PictureReader().read(run.resolve("rates.png")).image();
    assertEquals(900, plot.width());
    assertFalse(Files.exists(run.resolve("run.json")), "nothing was learned here");
  }

  @Test
  void aTaskThatIsNotThereIsNamed() {
    learn("--photos", photos, "--task-class", "com.example.Mist")
        .failed(ExitCode.BAD_TASK, "com.example.Mist");
  }

  @Test
  void aQueueDoesItsRunsAndSkipsThemWhenFinished() throws IOException {
    Path one = folder.resolve("one run");
    Path two = folder.resolve("two");
    Path file = folder.resolve("runs.txt");
    String options =
        " --editor %s --method shared --rank 2 --batch 2 --steps 2 --photos %s --tasks warm"
            .formatted(editor, photos);
    Files.writeString(
        file,
        "# two that work\n\nmneme learn --run \"%s\"%s\nlearn --run %s%s\nlearn --run %s%s\n"
            .formatted(
                one,
                options,
                folder.resolve("bad"),
                options.replace(editor.toString(), "none"),
                two,
                options));
    Ran first = Ran.mneme("lab", "queue", file);
    first.failed(ExitCode.MODEL_MISSING, "runs.txt, line 4", "bad");
    assertTrue(first.out().contains("one run: begins"), first.out());
    assertTrue(first.out().contains("two: begins"), first.out());
    long written = Files.getLastModifiedTime(two.resolve("model")).toMillis();
    Files.delete(one.resolve("result.json")); // as if stopped
    Ran again = Ran.mneme("lab", "queue", file);
    assertTrue(again.out().contains("one run: begins"), again.out());
    assertTrue(again.out().contains("two: finished already"), again.out());
    assertEquals(written, Files.getLastModifiedTime(two.resolve("model")).toMillis());

    Files.writeString(file, "learn --run %s%s --seed 9\n".formatted(two, options));
    Ran.mneme("lab", "queue", file).failed(ExitCode.OTHER_RUN, "line 1", "settings.seed");
  }

  @Test
  void aQueueIsUnderstoodBeforeItBegins() throws IOException {
    Path file = folder.resolve("runs.txt");
    String line = "learn --run " + run + "\n";
    refused(file, line + "edit a.jpg warm\n", "line 2: expected a command line of 'pretrain'");
    refused(file, line + "learn --runs x\n", "line 2: ");
    refused(file, line + "learn --run 'x\n", "line 2: expected every quote to be closed");
    refused(file, line + line, "line 2: expected a --run of its own", "line 1");
    assertFalse(Files.exists(run));
    Ran.mneme("lab", "queue", folder.resolve("none.txt")).failed(ExitCode.NOT_FOUND, "none.txt");
  }

  private static void refused(Path file, String text, String... said) throws IOException {
    Files.writeString(file, text);
    Ran.mneme("lab", "queue", file).failed(ExitCode.USAGE, said);
  }

  @Test
  void wordsAreAsAShellHasThem() {
    assertEquals(
        List.of("learn", "--run=a b", "it's", ""),
        QueueCommand.words(" learn --run=\"a b\"\t\"it's\" '' ", "here"));
    assertThrows(CommandException.class, () -> QueueCommand.words("a \"b", "here"));
  }
}
