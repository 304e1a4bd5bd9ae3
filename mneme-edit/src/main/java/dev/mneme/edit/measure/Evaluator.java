package dev.mneme.edit.measure;

import dev.mneme.edit.base.EditorBase;
import dev.mneme.edit.base.EditorInput;
import dev.mneme.edit.base.Glance;
import dev.mneme.edit.learn.EditBatch;
import dev.mneme.edit.learn.EditExample;
import dev.mneme.edit.picture.Picture;
import dev.mneme.edit.task.EditTask;
import dev.mneme.edit.text.TextEncoder;
import dev.mneme.memory.Adapters;
import dev.mneme.memory.Condition;
import dev.mneme.tensor.Autocast;
import dev.mneme.tensor.Precision;
import dev.mneme.tensor.Scopes;
import dev.mneme.tensor.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Asks candidates all questions of a set; tiles are edited in batches in which every row has its
 * own adapter.
 */
public final class Evaluator {
  private static final int BATCH = 16;

  private final EvaluationSet set;
  private final Precision precision;

  public Evaluator(EvaluationSet set, Precision precision) {
    this.set = set;
    this.precision = precision;
  }

  /**
   * The candidate's edited tiles, clamped, in the order of the set.
   *
   * @throws IllegalArgumentException if it is to see another photograph and the set has one round
   *     only
   */
  public List<Picture> edit(Candidate candidate) {
    return edit(candidate, set);
  }

  /**
   * As {@link #edit(Candidate)}, but the memory looks at other questions. The base still reads its
   * own sentence and sees its own picture, so that only the recalled weights differ.
   *
   * @param looked as many questions, of the same tasks and rounds
   */
  public List<Picture> edit(Candidate candidate, EvaluationSet looked) {
    if (looked.rounds() != set.rounds() || looked.examples().size() != set.examples().size()) {
      throw new IllegalArgumentException(
          "Expected %d questions to look at in %d rounds, found %d in %d"
              .formatted(
                  set.examples().size(), set.rounds(), looked.examples().size(), looked.rounds()));
    }
    if (candidate.sees() == Candidate.Sees.ANOTHER_PHOTO && set.rounds() < 2) {
      throw new IllegalArgumentException(
          "'%s' sees another photograph's condition: expected a set of at least 2 rounds, found %d"
              .formatted(candidate.name(), set.rounds()));
    }
    List<Picture> edited = new ArrayList<>();
    try (PointerScope scope = new PointerScope();
        NoGradGuard guard = new NoGradGuard();
        Autocast autocast = Autocast.on(precision)) {
      List<EditExample> read = set.examples().stream().map(candidate::read).toList();
      List<Glance> glances = glances(candidate.base(), read);
      List<Glance> seen =
          looked == set
              ? glances
              : glances(candidate.base(), looked.examples().stream().map(candidate::read).toList());
      for (int first = 0; first < read.size(); first += BATCH) {
        int last = Math.min(first + BATCH, read.size());
        List<EditExample> asked = set.examples().subList(first, last);
        Questions some = new Questions(asked, read.subList(first, last), first);
        edited.addAll(edit(candidate, some, glances, seen));
      }
    }
    return edited;
  }

  /**
   * As {@link #edit(Candidate)}, but where a sentence asks for several things they are done in
   * turn, each on the picture that those before it left.
   *
   * @param encoder reads the parts
   * @throws IllegalArgumentException if a question's tile is not its whole picture
   */
  public List<Picture> editInTurn(Candidate candidate, TextEncoder encoder) {
    List<List<String>> wishes = set.examples().stream().map(candidate::wishes).toList();
    int most = wishes.stream().mapToInt(List::size).max().orElse(0);
    List<EditExample> now = new ArrayList<>(set.examples());
    for (int turn = 0; turn < most; turn++) {
      List<EditExample> asked = new ArrayList<>();
      for (int i = 0; i < now.size(); i++) {
        List<String> own = wishes.get(i);
        String wish = own.get(Math.min(turn, own.size() - 1));
        asked.add(now.get(i).saying(wish, encoder.encode(wish)));
      }
      List<Picture> edited =
          new Evaluator(new EvaluationSet(set.tasks(), set.rounds(), asked), precision)
              .edit(candidate);
      for (int i = 0; i < now.size(); i++) {
        if (turn < wishes.get(i).size()) {
          now.set(i, asked.get(i).from(edited.get(i)));
        }
      }
    }
    return now.stream().map(e -> e.tile().source()).toList();
  }

  /**
   * Some of the questions.
   *
   * @param asked as they are asked
   * @param read in the words that are read
   * @param first index of the first
   */
  private record Questions(List<EditExample> asked, List<EditExample> read, int first) {}

  private List<Picture> edit(
      Candidate candidate, Questions some, List<Glance> glances, List<Glance> looked) {
    try (PointerScope scope = new PointerScope()) {
      List<Condition> seen = new ArrayList<>();
      TensorVector contexts = new TensorVector();
      for (int i = some.first(); i < some.first() + some.read().size(); i++) {
        seen.add(condition(candidate.sees(), looked, i));
        contexts.push_back(glances.get(i).context());
      }
      EditBatch batch = new EditBatch(some.read(), false);
      Adapters adapters = candidate.recall(some.asked(), Condition.stack(seen));
      EditorInput in =
          new EditorInput(batch.sources(), batch.text(), torch.cat(contexts, 0), batch.places());
      return pictures(candidate.base().forward(in, adapters));
    }
  }

  private Condition condition(Candidate.Sees sees, List<Glance> glances, int index) {
    int task = index / set.rounds();
    int p = index % set.rounds();
    return switch (sees) {
      case OWN -> glances.get(index).condition();
      case ANOTHER_PHOTO -> glances.get(set.index(task, p + 1)).condition();
      case ANOTHER_TASK -> glances.get(set.index(anotherTask(task), p)).condition();
      case MEAN ->
          Condition.stack(
                  IntStream.range(0, set.tasks().size())
                      .mapToObj(t -> glances.get(set.index(t, p)).condition())
                      .toList())
              .meanOverBatch();
    };
  }

  /** Half way round among the tasks of the same learner; among all where it is the only one. */
  int anotherTask(int task) {
    EditTask asked = set.tasks().get(task);
    List<EditTask> alike =
        set.tasks().stream().filter(t -> t.learner() == asked.learner()).toList();
    List<EditTask> group = alike.size() > 1 ? alike : set.tasks();
    EditTask other = group.get((group.indexOf(asked) + group.size() / 2) % group.size());
    return set.tasks().indexOf(other);
  }

  /** One glance a question; nothing else of what was looked at is kept. */
  static List<Glance> glances(EditorBase base, List<EditExample> examples) {
    List<Glance> glances = new ArrayList<>();
    for (int first = 0; first < examples.size(); first += BATCH) {
      List<EditExample> part = examples.subList(first, Math.min(first + BATCH, examples.size()));
      glances.addAll(Scopes.call(() -> look(base, part), Evaluator::tensors));
    }
    return glances;
  }

  private static List<Glance> look(EditorBase base, List<EditExample> part) {
    EditBatch batch = new EditBatch(part, false);
    Glance seen = Glance.take(base, batch.glances(), batch.text());
    return IntStream.range(0, part.size())
        .mapToObj(i -> new Glance(seen.condition().select(i), seen.context().narrow(0, i, 1)))
        .toList();
  }

  private static List<Tensor> tensors(List<Glance> glances) {
    return glances.stream()
        .flatMap(g -> Stream.of(g.condition().states(), g.condition().mask(), g.context()))
        .toList();
  }

  private static List<Picture> pictures(Tensor batch) {
    int height = (int) batch.size(2);
    int width = (int) batch.size(3);
    float[] all = Tensors.toFloats(batch);
    int size = 3 * width * height;
    List<Picture> pictures = new ArrayList<>();
    for (int i = 0; i < batch.size(0); i++) {
      pictures.add(
          new Picture(width, height, Arrays.copyOfRange(all, i * size, (i + 1) * size)).clamped());
    }
    return pictures;
  }
}
