package dev.mneme.edit.bench;

import dev.mneme.edit.base.EditorBase;
import dev.mneme.edit.base.EditorInput;
import dev.mneme.edit.base.Glance;
import dev.mneme.edit.base.TextBatch;
import dev.mneme.edit.bench.Benchmark.Comparison;
import dev.mneme.edit.bench.Benchmark.Side;
import dev.mneme.edit.picture.RasterImage;
import dev.mneme.edit.pipeline.Editor;
import dev.mneme.edit.text.RoutedTextEncoder;
import dev.mneme.edit.text.TextEncoder;
import dev.mneme.edit.text.TextStates;
import dev.mneme.memory.Adapters;
import dev.mneme.memory.Condition;
import dev.mneme.memory.Memory;
import dev.mneme.memory.generator.FunctionalMemory;
import dev.mneme.memory.generator.ParameterGenerator;
import dev.mneme.tensor.Autocast;
import dev.mneme.tensor.Precision;
import dev.mneme.tensor.Tensors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Measures ways to the same result in turns, so that a machine's moods meet all of them alike. */
final class Comparisons {
  /** Requests, or tiles of one forward. */
  static final int BATCH = 16;

  /** Forwards for one picture: four times 16 tiles are about a megapixel. */
  private static final int FORWARDS = 4;

  private final EditorBase base;
  private final Memory memory;
  private final Precision precision;
  private final BenchmarkPlan plan;

  Comparisons(Editor editor, Precision precision, BenchmarkPlan plan) {
    this.base = editor.base();
    this.memory = editor.memory();
    this.precision = precision;
    this.plan = plan;
  }

  /** One way, and its name. */
  private record Way(String what, Runnable work) {}

  List<Comparison> all() {
    try (PointerScope scope = new PointerScope();
        NoGradGuard guard = new NoGradGuard()) {
      List<Comparison> all = new ArrayList<>();
      Glance seen;
      Adapters one;
      EditorInput in;
      try (Autocast autocast = Autocast.on(precision)) {
        Tensor tiles = tiles();
        TextBatch text = sentences();
        seen = Glance.take(base, tiles, text);
        one = memory.recall(seen.condition().select(0));
        Tensor places = torch.tensor(0f, 0f, 0.25f, 0.25f).view(1, 4).expand(BATCH, -1);
        in = new EditorInput(tiles, text, seen.context(), places);
      }
      all.addAll(merging(in, one));
      all.add(batching(seen.condition()));
      if (memory instanceof FunctionalMemory functional) {
        all.add(keeping(functional, seen.condition().select(0)));
      }
      return all;
    }
  }

  /** One adapter for all tiles of a picture: in the weights, or as terms beside them. */
  private List<Comparison> merging(EditorInput in, Adapters one) {
    Adapters each = one.gather(new int[BATCH]); // row 0 for every tile
    Way merged =
        new Way(
            "one adapter merged into the weights",
            () -> forwards(base.with(one), in, Adapters.none()));
    Way own = new Way("low-rank terms, a pair for each tile", () -> forwards(base, in, each));
    Way shared = new Way("low-rank terms, one pair for all tiles", () -> forwards(base, in, one));
    return List.of(compare("merge", own, merged), compare("merge-shared", shared, merged));
  }

  private void forwards(EditorBase editing, EditorInput in, Adapters adapters) {
    for (int i = 0; i < FORWARDS; i++) {
      try (PointerScope scope = new PointerScope()) {
        editing.forward(in, adapters);
      }
    }
  }

  /** Requests that come together: in one batch, or one after another. */
  private Comparison batching(Condition conditions) {
    Way alone =
        new Way(
            BATCH + " recalls one by one",
            () -> {
              for (int i = 0; i < BATCH; i++) {
                try (PointerScope scope = new PointerScope()) {
                  memory.recall(conditions.select(i));
                }
              }
            });
    return compare(
        "batch", alone, new Way("one recall of " + BATCH, () -> memory.recall(conditions)));
  }

  /** What a generator computes before the condition speaks: kept, or computed by every recall. */
  private Comparison keeping(FunctionalMemory kept, Condition condition) {
    ParameterGenerator generator = kept.generator();
    // A generator whose weights may learn keeps nothing between calls; these share the values.
    Map<String, Tensor> learning = new LinkedHashMap<>();
    generator
        .weights()
        .forEach((name, weight) -> learning.put(name, weight.detach().set_requires_grad(true)));
    Memory computing = new FunctionalMemory(new ParameterGenerator(generator.config(), learning));
    return compare(
        "keep-start",
        new Way("generator computes its start anew", () -> computing.recall(condition)),
        new Way("generator keeps its start", () -> kept.recall(condition)));
  }

  private Comparison compare(String name, Way baseline, Way mneme) {
    List<Long> slow = new ArrayList<>();
    List<Long> fast = new ArrayList<>();
    for (int run = -plan.warmUps(); run < plan.runs(); run++) {
      if (run == 0) {
        slow.clear();
        fast.clear();
      }
      slow.add(nanos(baseline.work()));
      fast.add(nanos(mneme.work()));
    }
    return new Comparison(
        name, new Side(baseline.what(), Timing.of(slow)), new Side(mneme.what(), Timing.of(fast)));
  }

  private long nanos(Runnable work) {
    long begin = System.nanoTime();
    try (PointerScope scope = new PointerScope();
        Autocast autocast = Autocast.on(precision)) {
      work.run();
    }
    return System.nanoTime() - begin;
  }

  /** [BATCH, 3, tile, tile], all different. */
  private Tensor tiles() {
    int tile = base.config().tile();
    RasterImage scene = Scene.of(tile * BATCH, tile);
    float[] all = new float[BATCH * 3 * tile * tile];
    for (int i = 0; i < BATCH; i++) {
      float[] rgb = scene.toPicture(i * tile, 0, tile, tile).rgb();
      System.arraycopy(rgb, 0, all, i * rgb.length, rgb.length);
    }
    return Tensors.fromFloats(all, BATCH, 3, tile, tile);
  }

  private static TextBatch sentences() {
    List<TextStates> states = new ArrayList<>();
    try (TextEncoder encoder = new RoutedTextEncoder()) {
      for (int i = 0; i < BATCH; i++) {
        states.add(encoder.encode("make it warmer, version " + i));
      }
    }
    return TextBatch.of(states);
  }
}
