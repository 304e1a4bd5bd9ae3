package dev.mneme.lab.method;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.edit.base.EditorBase;
import dev.mneme.edit.learn.EditBatch;
import dev.mneme.edit.learn.EditExample;
import dev.mneme.edit.learn.EditObjective;
import dev.mneme.edit.learn.Wording;
import dev.mneme.edit.task.EditTask;
import dev.mneme.lab.TinyLab;
import dev.mneme.lab.run.LabProgress;
import dev.mneme.lab.run.LabSetting;
import dev.mneme.learn.BatchSource;
import dev.mneme.memory.Adapters;
import dev.mneme.memory.Condition;
import dev.mneme.memory.Memory;
import dev.mneme.memory.StaticMemory;
import dev.mneme.memory.TrainableMemory;
import dev.mneme.tensor.Precision;
import dev.mneme.tensor.Tensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LearnersTest {
  private static LabSetting setting;
  private static Workshop workshop;

  @BeforeAll
  static void open(@TempDir Path folder) throws IOException {
    setting = TinyLab.setting(folder, LabProgress.NONE);
    workshop = new Workshop(setting);
    setting.photos().train().forEach(p -> p.image());
  }

  private static Setup setup() {
    return workshop.setup(setting.scale().editTasks(), 3);
  }

  private static BatchSource<EditBatch> batches() {
    return workshop.batches(setting.scale().editTasks(), 5);
  }

  /** B away from zero, so that something is recalled. */
  private static void stir(Map<String, Tensor> parameters, double by) {
    try (NoGradGuard guard = new NoGradGuard()) {
      parameters.forEach(
          (name, p) -> {
            if (name.contains("lora_B") || name.contains("proj_out_B")) {
              p.add_(new Scalar(by));
            }
          });
    }
  }

  @Test
  void aSampleReachesItsOwnTasksLoraAlone() {
    TaskBank<?> bank = (TaskBank<?>) Method.TOLD.begin(setup()).learner();
    EditBatch batch = workshop.batches(setting.scale().editTasks().subList(0, 1), 5).batch(1);
    String task = setting.scale().tasks().get(0);
    bank.loss(batch).mean().backward();
    boolean reached = false;
    for (Map.Entry<String, Tensor> e : bank.parameters().entrySet()) {
      Tensor grad = e.getValue().grad();
      boolean any = grad.defined() && grad.abs().max().item_float() > 0;
      if (e.getKey().startsWith(task + ".")) {
        reached |= any;
      } else {
        assertFalse(any, e.getKey());
      }
    }
    assertTrue(reached);
  }

  @Test
  void whatArrivesBesideAMemoryIsForItsOwnTaskAlone() throws IOException {
    List<EditTask> own = setting.scale().editTasks().subList(0, 1);
    List<EditTask> arrives = setting.scale().editTasks().subList(1, 2);
    EditorBase base = setting.editor().at(2);
    StaticMemory memory = StaticMemory.fresh(base.layout(), Method.LORA_SCALE, 1);
    stir(memory.parameters(), 0.02);
    Beside all = Beside.of(base, memory);
    List<Ear> ears = Ear.afterEach(setting, List.of(own, arrives));
    assertEquals(own.get(0).name(), heard(ears.get(0), arrives));
    TaskBank<StaticMemory> bank = all.bank(arrives, 3);
    bank.memories().values().forEach(lora -> stir(lora.parameters(), 0.05));
    Beside grown = all.with(bank);
    for (EditTask task : List.of(own.get(0), arrives.get(0))) {
      Exam exam = new Exam(setting.heldOut(List.of(task), 2), Precision.FP32);
      double alone = Exam.mean(exam.scores(Entrant.of("", base, memory)));
      double now = Exam.mean(exam.scores(grown.entrant(ears.get(1).hearing())));
      assertEquals(task.equals(own.get(0)), Math.abs(alone - now) < 1e-3, task.name());
    }
    grown.release();
  }

  private static String heard(Ear ear, List<EditTask> asked) {
    return ear.hearing().of(Wording.ENGLISH_SEEN.sentences(asked.get(0)).get(0)).likest();
  }

  @Test
  void whatArrivesIsLearnedOnTopOfWhatTheMemoryWrites() {
    EditorBase base = setting.editor().at(2);
    StaticMemory memory = StaticMemory.fresh(base.layout(), 0.5, 1);
    EditBatch batch = batches().batch(1);
    List<EditTask> tasks = setting.scale().editTasks();
    float plain = Beside.of(base, memory).bank(tasks, 3).loss(batch).mean().item_float();
    stir(memory.parameters(), 0.05);
    float stirred = Beside.of(base, memory).bank(tasks, 3).loss(batch).mean().item_float();
    assertTrue(Math.abs(plain - stirred) > 1e-4, plain + " and " + stirred);
  }

  @Test
  void theBankAnswersEachTaskWithItsOwn() {
    Trainee trainee = Method.TOLD.begin(setup());
    TaskBank<?> bank = (TaskBank<?>) trainee.learner();
    stir(bank.memories().get("invert").parameters(), 0.05);
    Exam exam = new Exam(setting.heldOut(), Precision.FP32);
    Map<String, Double> told = exam.scores(trainee.entrant(batches())).psnr();
    Map<String, Double> base = exam.scores(Method.BASE.begin(setup()).entrant(batches())).psnr();
    for (String task : setting.scale().tasks()) {
      assertEquals(!task.equals("invert"), Math.abs(told.get(task) - base.get(task)) < 1e-3, task);
    }
  }

  @Test
  void aSlotKeepsWhatDoesBetterOnPhotographsSetAside() {
    Setup setup = setup();
    Slots slots = (Slots) Method.SLOTS.begin(setup).learner();
    String first = setting.scale().tasks().get(0);
    String second = setting.scale().tasks().get(1);
    stir(slots.bending().memories().get(first).parameters(), 0.5);
    stir(slots.constant().memories().get(second).parameters(), 0.5);
    Map<String, Memory> chosen = slots.chosen(setup.aside());
    assertSame(slots.constant().memories().get(first), chosen.get(first));
    assertSame(slots.bending().memories().get(second), chosen.get(second));
    assertEquals(setting.scale().tasks(), List.copyOf(chosen.keySet()));
  }

  @Test
  void anEarIsFittedOnceAndIsNoTraining() throws IOException {
    Ear first = Ear.of(setting);
    assertTrue(Files.isDirectory(setting.out().resolve(LabSetting.EARS)));
    assertFalse(
        Files.exists(setting.out().resolve(LabSetting.TRAINED)),
        "what does a run again takes all there for trainings, with curves");
    assertEquals(first.seconds(), Ear.of(setting).seconds());
  }

  @Test
  void whoMustBeToldTheTaskIsToldWhatIsHeard() throws IOException {
    TaskBank<?> bank = (TaskBank<?>) Method.TOLD.begin(setup()).learner();
    stir(bank.memories().get("invert").parameters(), 0.05);
    List<EditTask> tasks = setting.scale().editTasks();
    Entrant told = Entrant.told("", setting.editor().at(4), bank.memories());
    Entrant heard = told.hearing(Ear.of(setting).hearing(), tasks);
    Entrant base = Method.BASE.begin(setup()).entrant(batches());
    Entrant plain = base.hearing(Ear.of(setting).hearing(), tasks);
    assertFalse(heard.told());
    for (EditTask task : tasks) {
      // in sentences that the ear knows, so that it hears them all
      Exam exam = new Exam(setting.heldOut(List.of(task), 2), Precision.FP32);
      String sentence = Wording.ENGLISH_SEEN.sentences(task).get(0);
      exam = exam.saying(sentence, setting.encoder().encode(sentence));
      double apart = Exam.mean(exam.scores(heard)) - Exam.mean(exam.scores(plain));
      assertEquals(!task.name().equals("invert"), Math.abs(apart) < 1e-3, task.name());
    }
  }

  @Test
  void freshMethodsAnswerAsTheBaseDoes() {
    Exam exam = new Exam(setting.heldOut(), Precision.FP32);
    Map<String, Double> base = exam.scores(Method.BASE.begin(setup()).entrant(batches())).psnr();
    for (Method method : Method.values()) {
      Trainee trainee = method.begin(setup());
      Map<String, Double> found = exam.scores(trainee.entrant(batches())).psnr();
      found.forEach((task, v) -> assertEquals(base.get(task), v, 1e-3, method + " " + task));
      assertEquals(method == Method.BASE, trainee.parameters() == 0, method.toString());
    }
  }

  @Test
  void theMatchedLoraIsAsLargeAsTheMemory() {
    long memory = Method.MEMORY.begin(setup()).parameters();
    long matched = Method.MATCHED.begin(setup()).parameters();
    long ofRankOne = setting.editor().config().layout(1).valuesPerSample();
    assertTrue(Math.abs(memory - matched) <= ofRankOne / 2 + 1, memory + " and " + matched);
  }

  @Test
  void driftIsTheRelativeSquareOfTheChangesDistance() {
    EditorBase base = setting.editor().at(2);
    StaticMemory memory = StaticMemory.fresh(base.layout(), 0.5, 1);
    stir(memory.parameters(), 0.1);
    List<Condition> kept =
        Anchors.conditions(batches(), new EditObjective(base), setting.scale().tasks(), 1);
    assertEquals(setting.scale().tasks().size(), kept.size());
    Anchors anchors = Anchors.of(memory, kept.subList(0, 1));
    // The memory's own tensors are what was said: a copy is held against it.
    StaticMemory moved = StaticMemory.of(anchors.said().get(0));
    try (PointerScope scope = new PointerScope()) {
      assertEquals(0, drift(moved, anchors), 1e-6);
      try (NoGradGuard guard = new NoGradGuard()) {
        moved.parameters().forEach((n, p) -> p.mul_(new Scalar(n.endsWith("B") ? 4 : 0.5)));
      }
      assertEquals(1, drift(moved, anchors), 1e-4, "twice the change is one change away");
      try (NoGradGuard guard = new NoGradGuard()) {
        moved.parameters().forEach((n, p) -> p.mul_(new Scalar(n.endsWith("B") ? 0.05 : 10)));
      }
      assertEquals(0, drift(moved, anchors), 1e-4, "other factors of the same change are no drift");
    }
  }

  private static double drift(TrainableMemory memory, Anchors anchors) {
    return AnchoredLearner.drift(memory.recall(null), anchors.said().get(0)).item_double();
  }

  @Test
  void whatWasSaidFirstStaysWhenTheMemoryMoves() {
    StaticMemory memory = StaticMemory.fresh(setting.editor().at(2).layout(), 0.5, 1);
    stir(memory.parameters(), 0.1);
    EditObjective objective = new EditObjective(setting.editor().at(2));
    List<Condition> kept = Anchors.conditions(batches(), objective, setting.scale().tasks(), 1);
    Anchors first = Anchors.of(memory, kept.subList(0, 1));
    try (NoGradGuard guard = new NoGradGuard()) {
      memory.parameters().forEach((n, p) -> p.mul_(new Scalar(n.endsWith("B") ? 2 : 1)));
    }
    Anchors both = first.plus(Anchors.of(memory, kept.subList(1, 2)));
    assertEquals(kept.subList(0, 2), both.conditions());
    try (PointerScope scope = new PointerScope()) {
      Adapters now = memory.recall(null);
      assertEquals(1, AnchoredLearner.drift(now, both.said().get(0)).item_double(), 1e-4);
      assertEquals(0, AnchoredLearner.drift(now, both.said().get(1)).item_double(), 1e-6);
    }
  }

  @Test
  void whatIsHeldAddsItsDriftToTheLoss() {
    EditorBase base = setting.editor().at(4);
    TrainableMemory memory =
        dev.mneme.memory.generator.FunctionalMemory.fresh(
            setting.scale().shape().of(setting.editor().config()), 1);
    stir(memory.parameters(), 0.01);
    EditObjective objective = new EditObjective(base);
    List<Condition> kept = Anchors.conditions(batches(), objective, setting.scale().tasks(), 1);
    Anchors anchors = Anchors.of(memory, kept);
    stir(memory.parameters(), 0.01);
    AnchoredLearner.Step step = AnchoredLearner.source(batches(), kept.size(), 3, 7).batch(4);
    assertEquals(3, step.held().size());
    assertEquals(step.held(), AnchoredLearner.source(batches(), kept.size(), 3, 7).batch(4).held());
    float[] naive = Tensors.toFloats(new AnchoredLearner(memory, objective, anchors, 0).loss(step));
    float[] held = Tensors.toFloats(new AnchoredLearner(memory, objective, anchors, 2).loss(step));
    for (int i = 0; i < naive.length; i++) {
      assertTrue(held[i] > naive[i] + 1e-3);
      assertEquals(held[0] - naive[0], held[i] - naive[i], 1e-4);
    }
  }

  @Test
  void replayAddsKeptExamplesAndRepeatsItself() {
    List<EditExample> kept = batches().batch(9).examples();
    ReplayBatches replay = new ReplayBatches(batches(), kept, 2, 1);
    EditBatch batch = replay.batch(4);
    assertEquals(setting.scale().batch() + 2, batch.examples().size());
    assertEquals(batches().batch(4).labels(), batch.labels().subList(0, 4));
    assertTrue(kept.containsAll(batch.examples().subList(4, 6)));
    assertEquals(batch.labels(), replay.batch(4).labels());
  }

  @Test
  void probedGradientsAreTheOnesOfABackwardPassAndLeaveNoTrace() {
    Trainee trainee = Method.SHARED.begin(setup());
    stir(trainee.learner().parameters(), 0.02);
    List<EditBatch> two =
        List.of(
            workshop.batches(setting.scale().editTasks().subList(0, 1), 1).batch(1),
            workshop.batches(setting.scale().editTasks().subList(1, 2), 1).batch(1));
    GradientProbe probe = new GradientProbe(trainee.learner(), two, Precision.FP32);
    double[][] all = probe.cosines(name -> "one group").get(GradientProbe.ALL);
    double[][] parts = probe.cosines(name -> name.substring(0, 8)).get(GradientProbe.ALL);
    trainee.learner().parameters().forEach((n, p) -> assertFalse(p.grad().defined(), n));
    double[] first = backward(trainee, two.get(0));
    double[] second = backward(trainee, two.get(1));
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < first.length; i++) {
      ab += first[i] * second[i];
      aa += first[i] * first[i];
      bb += second[i] * second[i];
    }
    assertEquals(ab / Math.sqrt(aa * bb), all[0][1], 1e-3);
    assertArrayEquals(all[0], parts[0], 1e-4);
  }

  private static double[] backward(Trainee trainee, EditBatch batch) {
    Map<String, Tensor> parameters = trainee.learner().parameters();
    parameters.values().forEach(p -> p.mutable_grad().put(new Tensor()));
    trainee.learner().loss(batch).mean().backward();
    return parameters.values().stream()
        .flatMapToDouble(
            p -> {
              float[] g = Tensors.toFloats(p.grad());
              return java.util.stream.IntStream.range(0, g.length).mapToDouble(i -> g[i]);
            })
        .toArray();
  }
}
