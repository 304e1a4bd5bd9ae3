package dev.mneme.edit.measure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mneme.edit.TinyEditor;
import dev.mneme.edit.WordEncoder;
import dev.mneme.edit.base.EditorBase;
import dev.mneme.edit.corpus.Photo;
import dev.mneme.edit.learn.Wording;
import dev.mneme.edit.measure.Candidate.Sees;
import dev.mneme.edit.picture.Picture;
import dev.mneme.edit.task.EditTask;
import dev.mneme.edit.task.EditTasks;
import dev.mneme.memory.NoMemory;
import dev.mneme.tensor.Precision;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole comparison at a tiny size, and the reports of it. */
class EvaluationTest {
  private static final String ODD = "LoRA <8> & \"more\" | less";

  private static Evaluation done;
  private static final List<String> told = new ArrayList<>();

  @BeforeAll
  static void measure(@TempDir Path folder) throws IOException {
    List<Photo> photos = TinyEditor.photographs(folder, 2).train();
    EditorBase base = TinyEditor.base(1);
    List<Candidate> candidates =
        List.of(
            new Candidate(ODD, base, new NoMemory(base.layout()), Sees.OWN),
            new Candidate("memory", base, TinyEditor.memory(base.layout(), 2), Sees.OWN));
    done =
        Evaluation.run(
            new Evaluation.Setting(
                photos, EditTasks.founding(), new WordEncoder(), Precision.FP32, 1),
            candidates,
            told::add);
  }

  @Test
  void everyCandidateIsMeasuredOnEveryTask() {
    assertEquals(List.of("source", ODD, "memory"), List.copyOf(done.candidates().keySet()));
    for (Scores scores : done.candidates().values()) {
      for (EditTask task : EditTasks.founding()) {
        double psnr = scores.psnr().get(task.name());
        assertTrue(psnr > 0 && psnr <= 60, task.name() + " " + psnr);
        assertTrue(scores.ssim().get(task.name()) <= 1);
      }
    }
    assertTrue(told.containsAll(List.of(ODD, "memory", "bilateral filter")), told.toString());
  }

  @Test
  void theMemoryIsMeasuredByWording() {
    assertEquals(
        List.of(
            Wording.ENGLISH_SEEN,
            Wording.ENGLISH_HELD_OUT,
            Wording.CHINESE_SEEN,
            Wording.CHINESE_HELD_OUT),
        List.copyOf(done.wordings().keySet()));
    assertEquals(
        done.candidates().get("memory").meanPsnr(Evaluation.GROUPS.get("memory's tasks")),
        done.wordings().get(Wording.ENGLISH_HELD_OUT),
        1e-9);
  }

  @Test
  void candidatesThatSeeTheirOwnAnswerTwoWishesAtOnce() throws IOException {
    assertEquals(List.of("source", ODD, "memory"), List.copyOf(done.pairs().keySet()));
    String row =
        EvaluationTable.markdown(done)
            .lines()
            .filter(l -> l.startsWith("| two wishes at once | "))
            .findFirst()
            .orElseThrow();
    String memory = String.format(java.util.Locale.ROOT, "%.2f |", done.pairs().get("memory"));
    assertTrue(row.endsWith(memory), row);
    JsonNode root = new ObjectMapper().readTree(EvaluationTable.json(done));
    assertEquals(done.pairs().get("source"), root.get("pairs").get("source").asDouble(), 1e-12);
  }

  @Test
  void theBestBilateralFilterIsAtLeastAsGoodAsDoingNothing() {
    assertTrue(
        done.bilateral().orElseThrow() > done.candidates().get("source").psnr().get("denoise"));
  }

  @Test
  void groupsOfTasksAreWhatTheyAreCalled() {
    assertEquals(10, count("reference ten"));
    assertEquals(18, count("memory's tasks"));
    assertEquals(14, count("base's tasks"));
    assertEquals(6, count("picture-dependent"));
    assertEquals(0, count("later tasks"));
    assertEquals(
        List.of("memory's tasks", "reference ten", "picture-dependent", "base's tasks"),
        List.copyOf(done.groups().keySet()));
  }

  @Test
  void onlyNamedTasksAreAskedFor(@TempDir Path folder) throws IOException {
    List<Photo> photos = TinyEditor.photographs(folder, 2).train();
    EditorBase base = TinyEditor.base(1);
    Evaluation later =
        Evaluation.run(
            new Evaluation.Setting(
                photos,
                List.of(EditTasks.named("rain"), EditTasks.named("warm")),
                new WordEncoder(),
                Precision.FP32,
                2),
            List.of(
                new Candidate(
                    "memory", base, TinyEditor.memory(base.layout(), 2), Sees.ANOTHER_TASK)),
            told::add);
    assertEquals(List.of("rain", "warm"), later.tasks());
    assertEquals(
        List.of("memory's tasks", "reference ten", "later tasks"),
        List.copyOf(later.groups().keySet()));
    Scores memory = later.candidates().get("memory");
    assertEquals(
        (memory.psnr().get("rain") + memory.psnr().get("warm")) / 2,
        later.wordings().get(Wording.ENGLISH_HELD_OUT),
        1e-9);
    String table = EvaluationTable.markdown(later);
    assertTrue(table.contains("| rain |") && !table.contains("bilateral"), table);
    assertTrue(!EvaluationTable.json(later).contains("NaN"));
  }

  private static long count(String group) {
    return EditTasks.founding().stream()
        .filter(t -> Evaluation.GROUPS.get(group).test(t.name()))
        .count();
  }

  @Test
  void samplesShowSourceCandidatesAndTarget() {
    assertEquals(EditTasks.founding().size(), done.samples().size());
    for (int t = 0; t < done.samples().size(); t++) {
      Evaluation.Sample sample = done.samples().get(t);
      assertEquals(EditTasks.founding().get(t).name(), sample.task());
      assertEquals(
          List.of("source", ODD, "memory", "target"), List.copyOf(sample.pictures().keySet()));
    }
    Picture source = done.samples().get(6).pictures().get("source");
    Picture target = done.samples().get(6).pictures().get("target");
    assertEquals("invert", done.samples().get(6).task());
    for (int i = 0; i < source.rgb().length; i++) {
      assertEquals(1, source.rgb()[i] + target.rgb()[i], 1e-6);
    }
  }

  @Test
  void theTableHasARowAGroupAndATask() {
    List<String> lines = EvaluationTable.markdown(done).lines().toList();
    String name = ODD.replace("|", "\\|");
    assertEquals("| PSNR, dB | source | " + name + " | memory |", lines.get(4));
    assertEquals("|---|--:|--:|--:|", lines.get(5));
    assertTrue(lines.get(2).contains("32 tasks, 1 questions each"), lines.get(2));
    for (String row : done.groups().keySet()) {
      assertTrue(lines.stream().anyMatch(l -> l.startsWith("| " + row + " | ")), row);
    }
    for (EditTask task : EditTasks.founding()) {
      Scores source = done.candidates().get("source");
      String begins =
          String.format(
              java.util.Locale.ROOT, "| %s | %.2f | ", task.name(), source.psnr().get(task.name()));
      assertEquals(1, lines.stream().filter(l -> l.startsWith(begins)).count(), begins);
      String alike =
          String.format(
              java.util.Locale.ROOT, "| %s | %.3f | ", task.name(), source.ssim().get(task.name()));
      assertEquals(1, lines.stream().filter(l -> l.startsWith(alike)).count(), alike);
    }
    assertTrue(lines.stream().anyMatch(l -> l.startsWith("| memory, chinese held out | ")));
    assertTrue(lines.get(lines.size() - 1).startsWith("| bilateral filter tuned"));
  }

  @Test
  void theJsonHoldsEveryNumber() throws IOException {
    JsonNode root = new ObjectMapper().readTree(EvaluationTable.json(done));
    assertEquals(1, root.get("rounds").asInt());
    assertEquals(done.bilateral().orElseThrow(), root.get("bilateral").asDouble(), 1e-12);
    for (Map.Entry<String, Scores> e : done.candidates().entrySet()) {
      JsonNode scores = root.get("candidates").get(e.getKey());
      for (EditTask task : EditTasks.founding()) {
        assertEquals(
            e.getValue().psnr().get(task.name()),
            scores.get("psnr").get(task.name()).asDouble(),
            1e-12);
        assertTrue(scores.get("ssim").get(task.name()).isNumber());
      }
      done.groups()
          .forEach(
              (group, tasks) ->
                  assertEquals(
                      e.getValue().meanPsnr(tasks),
                      root.get("groups").get(group).get(e.getKey()).asDouble(),
                      1e-12));
    }
    assertEquals(4, root.get("wordings").size());
  }

  @Test
  void thePageShowsEveryTaskInPicturesOfItsOwn() throws IOException {
    String html = EvaluationPage.html(done);
    for (EditTask task : EditTasks.founding()) {
      assertTrue(html.contains("<h3>" + task.name() + " <small>"), task.name());
      assertTrue(html.contains("<td>" + task.name() + "</td>"), task.name());
    }
    String asked = done.samples().get(0).sentence();
    assertTrue(html.contains("<small>" + asked + "</small>"), asked);
    assertTrue(html.contains("LoRA &lt;8&gt; &amp; &quot;more&quot; | less"));
    assertTrue(!html.contains("<8>"), "names are text, not tags");
    Matcher images = Pattern.compile("src=\"data:image/png;base64,([^\"]*)\"").matcher(html);
    int count = 0;
    while (images.find()) {
      byte[] png = Base64.getDecoder().decode(images.group(1));
      if (count < 4) {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
        assertEquals(TinyEditor.CONFIG.tile(), image.getWidth());
      }
      assertArrayEquals(new byte[] {(byte) 0x89, 'P', 'N', 'G'}, java.util.Arrays.copyOf(png, 4));
      count++;
    }
    assertEquals(4 * EditTasks.founding().size(), count);
    assertTrue(!html.contains("http"), "the page needs nothing else");
  }
}
