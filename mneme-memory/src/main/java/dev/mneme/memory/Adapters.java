package dev.mneme.memory;

import dev.mneme.tensor.Scopes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;

/**
 * Low-rank weights for every site of a base, one set for each sample of a batch: a value.
 *
 * <p>Operations give new values and share tensors where they can; they never write into a tensor.
 * Results belong to the caller's innermost open {@code PointerScope} unless {@link #retain()}ed.
 * {@code dev.mneme.memory.peft.PeftAdapter} keeps one sample's in files.
 */
public final class Adapters {
  private static final Adapters NONE = new Adapters(null, Map.of(), 1.0);

  private final AdapterLayout layout;
  private final Map<String, LoraFactors> factors;
  private final double scale;

  private Adapters(AdapterLayout layout, Map<String, LoraFactors> factors, double scale) {
    this.layout = layout;
    this.factors = factors;
    this.scale = scale;
  }

  /** No adapters: the base runs with its own weights. Fits every layout and every batch. */
  public static Adapters none() {
    return NONE;
  }

  /**
   * Adapters for a layout.
   *
   * @param layout the places the factors fill; their rank may differ from its nominal rank
   * @param factors one entry for every key of the layout, and for as many of its optional sites as
   *     are changed, all with the same batch
   * @param scale what B A is multiplied by, alpha / rank in LoRA's terms
   * @throws AdapterMismatchException if a key is unknown, a site has no factors, a shape differs or
   *     batches differ
   */
  public static Adapters of(AdapterLayout layout, Map<String, LoraFactors> factors, double scale) {
    LayoutCheck.require(layout, factors);
    Map<String, LoraFactors> ordered = new LinkedHashMap<>();
    int batch = factors.values().iterator().next().batch();
    List<String> keys = new ArrayList<>(layout.keys());
    layout.optional().stream().map(layout::key).filter(factors::containsKey).forEach(keys::add);
    for (String key : keys) {
      LoraFactors found = factors.get(key);
      if (found.batch() != batch) {
        throw new AdapterMismatchException(
            "Expected a batch of %d at every site, found %d at %s"
                .formatted(batch, found.batch(), key));
      }
      ordered.put(key, found);
    }
    return new Adapters(layout, Collections.unmodifiableMap(ordered), scale);
  }

  /**
   * Joins adapters of several requests into one batch, in order; {@link #none()} takes one row.
   *
   * @throws AdapterMismatchException if they are for different places
   */
  public static Adapters stack(List<Adapters> parts) {
    return Scopes.call(() -> AdapterAlgebra.stack(parts), Adapters::tensors);
  }

  /** Whether these are {@link #none()}. */
  public boolean isEmpty() {
    return factors.isEmpty();
  }

  /** Number of samples; 1 (also for {@link #none()}) serves any batch. */
  public int batch() {
    return isEmpty() ? 1 : factors.values().iterator().next().batch();
  }

  /** The largest rank among the sites, 0 for {@link #none()}. */
  public int rank() {
    return factors.values().stream().mapToInt(LoraFactors::rank).max().orElse(0);
  }

  /** What B A is multiplied by. */
  public double scale() {
    return scale;
  }

  /** The places these are for, null for {@link #none()}. */
  public AdapterLayout layout() {
    return layout;
  }

  /** All factors in layout order, empty for {@link #none()}. */
  public Map<String, LoraFactors> factors() {
    return factors;
  }

  /** All tensors in layout order, A before B; empty for {@link #none()}. */
  public List<Tensor> tensors() {
    return factors.values().stream().flatMap(f -> Stream.of(f.a(), f.b())).toList();
  }

  /**
   * The factors of one site, null for {@link #none()}.
   *
   * @param key {@code {prefix}{layer}.{module}}
   * @throws AdapterMismatchException if these adapters have no such key
   */
  public LoraFactors at(String key) {
    LoraFactors found = factors.get(key);
    if (found == null && !isEmpty()) {
      throw new AdapterMismatchException(
          "No adapter weights at %s: expected a key of the layout %s. Check adapters with AdaptableBase.check before a forward."
              .formatted(key, layout.describe()));
    }
    return found;
  }

  /** The factors of an optional site, if these change anything there. */
  public Optional<LoraFactors> atOptional(String module) {
    return Optional.ofNullable(factors.get(module));
  }

  /** The factors of one site by layer and module, null for {@link #none()}. */
  public LoraFactors at(int layer, String module) {
    return isEmpty() ? null : at(layout.key(layer, module));
  }

  /**
   * The linear at {@code key} with its low-rank term: {@link AdaptedLinear#forward}.
   *
   * @param x [B, N, in] or [B, in]
   * @param weight [out, in]
   * @param bias [out] or null
   */
  public Tensor apply(Tensor x, Tensor weight, Tensor bias, String key) {
    return AdaptedLinear.forward(x, weight, bias, at(key), scale);
  }

  /** The adapters of sample {@code i} as a batch of 1; a batch of 1 answers for every {@code i}. */
  public Adapters select(int i) {
    if (batch() == 1 && i >= 0) {
      return this;
    }
    if (i < 0 || i >= batch()) {
      throw new IndexOutOfBoundsException(
          "Expected a sample from 0 to %d, found %d".formatted(batch() - 1, i));
    }
    return map(f -> f.select(i));
  }

  /** The adapters of these samples, in this order; a row may be named more than once. */
  public Adapters gather(int... rows) {
    return Scopes.call(() -> AdapterAlgebra.gather(this, rows), Adapters::tensors);
  }

  /** The same change, {@code strength} times as strong: 0 is no change, 1 this one. */
  public Adapters scaledBy(double strength) {
    return isEmpty() ? this : new Adapters(layout, factors, scale * strength);
  }

  /**
   * As {@link #scaledBy(double)}, each sample by a strength of its own.
   *
   * @param strengths one for each sample; any number of them where the batch is 1
   * @throws IllegalArgumentException if there are fewer or more
   */
  public Adapters scaledEach(double... strengths) {
    if (strengths.length == 0 || batch() > 1 && strengths.length != batch()) {
      throw new IllegalArgumentException(
          "Expected %d strengths, found %d".formatted(batch(), strengths.length));
    }
    return isEmpty()
        ? this
        : Scopes.call(() -> AdapterAlgebra.scaledEach(this, strengths), Adapters::tensors);
  }

  /**
   * Both changes at once: ΔW is the sum of both ΔW.
   *
   * <p>Factors are concatenated along the rank, since (B₁ ‖ B₂)(A₁ ‖ A₂) = B₁A₁ + B₂A₂; adding A
   * and B apart would make cross terms. Different scales are folded into B. A batch of 1 joins
   * every row of the other.
   *
   * @throws AdapterMismatchException if they are for different places or batches
   */
  public Adapters plus(Adapters other) {
    return Scopes.call(() -> AdapterAlgebra.plus(this, other), Adapters::tensors);
  }

  /** The same values without a gradient history. */
  public Adapters detached() {
    return map(f -> new LoraFactors(f.a().detach(), f.b().detach()));
  }

  /** The same numbers in tensors of their own, which stay when those of a memory change. */
  public Adapters copied() {
    return map(f -> new LoraFactors(f.a().detach().clone(), f.b().detach().clone()));
  }

  /**
   * Keeps the tensors alive after the open {@code PointerScope} closes.
   *
   * @return these adapters; call {@link #release()} when they are no longer needed, or leave them
   *     to the garbage collector
   */
  public Adapters retain() {
    tensors().forEach(Tensor::retainReference);
    return this;
  }

  /** Gives back what {@link #retain()} kept. */
  public void release() {
    tensors().forEach(Tensor::releaseReference);
  }

  /**
   * A fingerprint of the weights: SHA-256 over names, shapes, fp32 bytes and scale.
   *
   * @return 64 hexadecimal digits; equal for equal values on every run and machine
   */
  public String digest() {
    return AdapterDigest.of(this);
  }

  Adapters map(UnaryOperator<LoraFactors> change) {
    if (isEmpty()) {
      return this;
    }
    Map<String, LoraFactors> changed = new LinkedHashMap<>();
    factors.forEach((key, value) -> changed.put(key, change.apply(value)));
    return new Adapters(layout, Collections.unmodifiableMap(changed), scale);
  }

  @Override
  public String toString() {
    return isEmpty()
        ? "Adapters[none]"
        : "Adapters[batch %d, rank %d, scale %s, %d sites]"
            .formatted(batch(), rank(), scale, factors.size());
  }
}
