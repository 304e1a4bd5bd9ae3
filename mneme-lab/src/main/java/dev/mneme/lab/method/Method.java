package dev.mneme.lab.method;

import dev.mneme.edit.base.EditorBase;
import dev.mneme.edit.base.Glance;
import dev.mneme.edit.learn.BaseLearner;
import dev.mneme.edit.learn.EditBatch;
import dev.mneme.edit.learn.EditObjective;
import dev.mneme.edit.learn.EditRuns;
import dev.mneme.edit.learn.EditStudent;
import dev.mneme.edit.task.EditTask;
import dev.mneme.learn.BatchSource;
import dev.mneme.learn.MemoryLearner;
import dev.mneme.memory.ConditionSummary;
import dev.mneme.memory.GatedMemory;
import dev.mneme.memory.MixtureMemory;
import dev.mneme.memory.NearestMean;
import dev.mneme.memory.NoMemory;
import dev.mneme.memory.RoutedMemory;
import dev.mneme.memory.StaticMemory;
import dev.mneme.memory.TrainableMemory;
import dev.mneme.memory.generator.FunctionalMemory;
import dev.mneme.tensor.Tensors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** A way to adapt the frozen base: something trainable, and how it answers a request. */
public enum Method {
  /** The frozen base alone. */
  BASE("frozen base", "base") {
    @Override
    public Trainee begin(Setup s) {
      EditorBase base = s.editor().at(1);
      return Trainee.of(null, Entrant.of(title(), base, new NoMemory(base.layout())));
    }
  },
  /** One LoRA for all requests. */
  SHARED("shared LoRA", "LoRA") {
    @Override
    public Trainee begin(Setup s) {
      return shared(s, s.shape().rank());
    }
  },
  /** One LoRA for all requests with as many weights as the functional memory. */
  MATCHED("shared LoRA, as large as the memory", "large LoRA") {
    @Override
    public Trainee begin(Setup s) {
      return shared(
          s, EditRuns.matchedRank(s.editor().config(), s.shape().of(s.editor().config())));
    }
  },
  /** A copy of the whole base, trained further. */
  FULL("full fine-tuning", "full") {
    @Override
    public Trainee begin(Setup s) {
      Map<String, Tensor> copy = s.editor().trainableCopy();
      EditorBase base = new EditorBase(s.editor().config(), 1, copy, true);
      return Trainee.of(
          new BaseLearner(base, copy), Entrant.of(title(), base, new NoMemory(base.layout())));
    }
  },
  /** One LoRA for each task, told the task: no user could tell. */
  TOLD("a LoRA for each task, told which", "bank, told") {
    @Override
    public Trainee begin(Setup s) {
      EditorBase base = s.editor().at(s.shape().rank());
      TaskBank<StaticMemory> bank = bank(s, base);
      return Trainee.of(bank, Entrant.told(title(), base, bank.memories()));
    }
  },
  /** The same bank, routed by the nearest mean condition. */
  ROUTED("a LoRA for each task, routed", "bank, routed") {
    @Override
    public Trainee begin(Setup s) {
      EditorBase base = s.editor().at(s.shape().rank());
      TaskBank<StaticMemory> bank = bank(s, base);
      return new Trainee(
          bank,
          batches -> {
            NearestMean router = router(s, bank.objective(), batches);
            return Entrant.of(
                title(), base, new RoutedMemory(base.layout(), TaskBank.loras(bank), router));
          });
    }

    @Override
    public Method learnsAs() {
      return TOLD;
    }
  },
  /**
   * A slot for each task, told which: one LoRA for all pictures, or one that bends with what the
   * picture shows, so that what is written may be for this request and not for its task alone.
   */
  SLOTS("memory with a slot for each task, told which", "slots, told") {
    @Override
    public Trainee begin(Setup s) {
      EditorBase base = s.editor().at(s.shape().rank());
      TaskBank<StaticMemory> constant = bank(s, base);
      EditObjective objective = constant.objective();
      ConditionSummary shows = shows(s, objective);
      TaskBank<GatedMemory> bending =
          TaskBank.of(
              s.tasks(),
              () -> GatedMemory.fresh(base.layout(), shows, LORA_SCALE, s.seed()),
              objective,
              constant.under());
      Slots slots = new Slots(constant, bending);
      return new Trainee(slots, batches -> Entrant.told(title(), base, slots.chosen(s.aside())));
    }
  },
  /** A gate that blends a few LoRAs for each request. */
  MIXTURE("mixture of LoRAs", "mixture") {
    @Override
    public Trainee begin(Setup s) {
      EditorBase base = s.editor().at(s.shape().rank());
      return memory(
          base,
          MixtureMemory.fresh(
              base.layout(), EXPERTS, s.editor().config().width(), LORA_SCALE, s.seed()));
    }
  },
  /** Weights written for each request. */
  MEMORY("functional memory", "memory") {
    @Override
    public Trainee begin(Setup s) {
      EditorBase base = s.editor().at(s.shape().rank());
      return memory(base, FunctionalMemory.fresh(s.shape().of(s.editor().config()), s.seed()));
    }

    @Override
    public double muon() {
      return 4;
    }
  },
  /** The same as {@code mneme learn} trains it: the lens' lesson first, whose time counts. */
  TAUGHT("functional memory, after the lens' lesson", "memory, taught") {
    @Override
    public Trainee begin(Setup s) {
      EditorBase base = s.editor().at(s.shape().rank());
      FunctionalMemory memory = FunctionalMemory.fresh(s.shape().of(s.editor().config()), s.seed());
      Trainee plain = memory(base, memory);
      return new Trainee(plain.learner(), plain.finish(), EditStudent.lens(memory, base));
    }

    @Override
    public double muon() {
      return MEMORY.muon();
    }
  };

  /** Experts of the mixture. */
  public static final int EXPERTS = 4;

  static final double LORA_SCALE = 2;
  private static final int ROUTER_EXAMPLES = 8; // a task
  private static final int SHOWN = 8; // numbers of a picture that slots read

  private final String title;
  private final String label;

  Method(String title, String label) {
    this.title = title;
    this.label = label;
  }

  /** As it stands under bars, in a word or two. */
  public String label() {
    return label;
  }

  /** As it stands in tables. */
  public String title() {
    return title;
  }

  /** As it stands where sentences are heard, and nobody is told. */
  public String heard() {
    return label.replace("told", "heard");
  }

  /** Fresh, to be trained. */
  public abstract Trainee begin(Setup setup);

  /**
   * The method whose training this one shares; itself, unless it answers with another's weights.
   */
  public Method learnsAs() {
    return this;
  }

  /**
   * How many times the learning rate matrices inside blocks move by; see {@code TrainingConfig}.
   */
  public double muon() {
    return 1;
  }

  /** A trainee of any memory. */
  public static Trainee memory(EditorBase base, TrainableMemory memory) {
    return Trainee.of(
        new MemoryLearner<>(memory, new EditObjective(base)),
        Entrant.of(memory.getClass().getSimpleName(), base, memory));
  }

  Trainee shared(Setup s, int rank) {
    EditorBase base = s.editor().at(rank);
    return memory(base, StaticMemory.fresh(base.layout(), LORA_SCALE, s.seed()));
  }

  TaskBank<StaticMemory> bank(Setup s, EditorBase base) {
    return TaskBank.of(
        s.tasks(),
        () -> StaticMemory.fresh(base.layout(), LORA_SCALE, s.seed()),
        new EditObjective(base),
        new NoMemory(base.layout()));
  }

  /** What pictures show, in a few numbers: along the axes on which those of the tasks differ. */
  static ConditionSummary shows(Setup s, EditObjective objective) {
    List<String> names = s.tasks().stream().map(EditTask::name).toList();
    Anchors seen =
        new Anchors(Anchors.conditions(s.batches(), objective, names, ROUTER_EXAMPLES), List.of());
    try {
      int tokens = Glance.statistics(s.editor().config().width());
      return ConditionSummary.fit(seen.conditions(), tokens, SHOWN);
    } finally {
      seen.release();
    }
  }

  /** Mean conditions of training examples by task. */
  static NearestMean router(Setup s, EditObjective objective, BatchSource<EditBatch> batches) {
    Map<String, List<float[]>> seen = new LinkedHashMap<>();
    s.tasks().forEach(t -> seen.put(t.name(), new ArrayList<>()));
    Kept.of(
        batches,
        objective,
        List.copyOf(seen.keySet()),
        ROUTER_EXAMPLES,
        (task, c) -> seen.get(task).add(Tensors.toFloats(c.pooled())));
    return NearestMean.of(seen);
  }
}
