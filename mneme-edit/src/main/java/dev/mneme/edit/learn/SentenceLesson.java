package dev.mneme.edit.learn;

import dev.mneme.edit.text.SentenceBase;
import dev.mneme.edit.text.Understanding.Example;
import dev.mneme.learn.Batch;
import dev.mneme.learn.BatchSource;
import dev.mneme.learn.Learner;
import dev.mneme.learn.Progress;
import dev.mneme.learn.Schedule;
import dev.mneme.learn.Trainer;
import dev.mneme.learn.TrainingConfig;
import dev.mneme.memory.Adapters;
import dev.mneme.memory.LoraFactors;
import dev.mneme.memory.StaticMemory;
import dev.mneme.tensor.Engine;
import dev.mneme.tensor.Scopes;
import dev.mneme.tensor.Tensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Teaches a frozen sentence encoder to tell tasks apart: one LoRA on all its linears learns through
 * a classifier that is thrown away. A sentence embedding was made to hear what a sentence is about;
 * which way it should go ("not bright enough", "too bright") it must learn to hear.
 */
final class SentenceLesson {
  /** Sentences of a step. */
  static final int SIZE = 64;

  /** Steps whose sentences are sorted by length together, so that little is padding. */
  private static final int SORTED = 16;

  private static final double PEAK = 2e-3;
  private static final long WARMUP = 50;
  private static final double SCALE = 2; // of the LoRA

  /** What directions, which are unit vectors, are multiplied by before they are classified. */
  private static final double SHARPNESS = 48;

  /** Share of the target that is spread over all classes: training sentences err too. */
  private static final double SMOOTHING = 0.05;

  private static final long SEED = 7;
  private static final String CLASSES = "classes";

  private SentenceLesson() {}

  /**
   * Learns for a number of epochs, from where the directory left off.
   *
   * @param directory of this lesson; one that is finished is read back
   * @param examples to learn from
   * @param tasks all that they name; what names none is a class of its own
   * @param progress told of the steps
   * @return a batch of 1, in numbers that half precision has
   */
  static Adapters learn(
      Path directory,
      SentenceBase base,
      List<Example> examples,
      List<String> tasks,
      int epochs,
      Progress progress)
      throws IOException {
    StaticMemory memory = StaticMemory.fresh(base.layout(), SCALE, SEED);
    Map<String, Tensor> parameters = new LinkedHashMap<>(memory.parameters());
    Tensor classes = torch.zeros(tasks.size() + 1L, base.bert().width());
    parameters.put(CLASSES, classes.set_requires_grad(true));
    Pages pages = new Pages(examples, tasks);
    Schedule schedule = new Schedule((long) epochs * pages.count(), WARMUP, PEAK, 0.02);
    TrainingConfig config = new TrainingConfig(directory, schedule, 0.01, 1, 0, 250, 25);
    new Trainer(config, Engine.start().precision().value())
        .run(new Lesson(base, memory, parameters), pages, progress);
    return rounded(memory.recall(null));
  }

  /** As they are in a file: what is fitted to them then finds them there as they were. */
  private static Adapters rounded(Adapters learned) {
    Map<String, LoraFactors> factors = new LinkedHashMap<>();
    Scopes.run(
        () ->
            learned
                .factors()
                .forEach((key, f) -> factors.put(key, new LoraFactors(half(f.a()), half(f.b())))));
    return Adapters.of(learned.layout(), factors, learned.scale());
  }

  private static Tensor half(Tensor values) {
    Tensor rounded = values.detach().to(ScalarType.Half).to(ScalarType.Float);
    rounded.retainReference();
    return rounded;
  }

  /**
   * Sentences and what they ask for.
   *
   * @param targets [B × (tasks + 1)], each row a distribution
   */
  private record Page(List<String> labels, List<String> texts, float[] targets) implements Batch {}

  /** Every example once an epoch, those of like length together. */
  private record Pages(List<Example> examples, List<String> tasks) implements BatchSource<Page> {
    /** Of an epoch. */
    int count() {
      return (examples.size() + SIZE - 1) / SIZE;
    }

    @Override
    public Page batch(long step) {
      List<Example> all = new ArrayList<>(examples);
      Collections.shuffle(all, new Random(EditBatches.mix(SEED, step / count())));
      int page = (int) (step % count());
      int from = page / SORTED * SORTED * SIZE;
      List<Example> near = all.subList(from, Math.min(all.size(), from + SORTED * SIZE));
      near.sort(Comparator.comparing(e -> e.states().length()));
      int at = page % SORTED * SIZE;
      return page(near.subList(at, Math.min(near.size(), at + SIZE)));
    }

    private Page page(List<Example> some) {
      int outputs = tasks.size() + 1;
      float[] targets = new float[some.size() * outputs];
      Arrays.fill(targets, (float) (SMOOTHING / outputs));
      List<String> labels = new ArrayList<>();
      List<String> texts = new ArrayList<>();
      for (int i = 0; i < some.size(); i++) {
        List<String> asked = some.get(i).tasks().stream().sorted().toList();
        labels.add(asked.isEmpty() ? "unknown" : asked.get(0));
        texts.add(some.get(i).states().text());
        if (asked.isEmpty()) {
          targets[i * outputs + tasks.size()] += (float) (1 - SMOOTHING);
        }
        for (String task : asked) {
          targets[i * outputs + tasks.indexOf(task)] += (float) ((1 - SMOOTHING) / asked.size());
        }
      }
      return new Page(labels, texts, targets);
    }
  }

  private record Lesson(SentenceBase base, StaticMemory memory, Map<String, Tensor> parameters)
      implements Learner<Page> {
    @Override
    public Tensor loss(Page page) {
      Tensor directions = base.directions(page.texts(), memory.recall(null)); // [B, D]
      Tensor scores =
          torch.linear(directions.mul(new Scalar(SHARPNESS)), parameters.get(CLASSES)); // [B, T]
      Tensor targets = Tensors.fromFloats(page.targets(), page.texts().size(), scores.size(1));
      return torch.log_softmax(scores, 1).mul(targets).sum(1).neg(); // [B]
    }
  }
}
