package dev.mneme.memory;

import dev.mneme.tensor.Tensors;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** Sums and joins of adapters. */
final class AdapterAlgebra {
  private AdapterAlgebra() {}

  static Adapters plus(Adapters left, Adapters right) {
    if (left.isEmpty() || right.isEmpty()) {
      return left.isEmpty() ? right : left;
    }
    requireSamePlaces(left, right);
    int batch = Math.max(left.batch(), right.batch());
    Adapters first = expand(left, batch);
    Adapters second = expand(right, batch);
    double scale = commonScale(List.of(left, right));
    Map<String, LoraFactors> sum = new LinkedHashMap<>();
    for (String key : keys(List.of(first, second))) {
      TensorVector a = new TensorVector();
      TensorVector b = new TensorVector();
      for (Adapters part : List.of(first, second)) {
        LoraFactors f = part.factors().get(key);
        if (f != null) { // an optional site may be in one of both only
          a.push_back(f.a());
          b.push_back(foldedB(part, f, scale));
        }
      }
      sum.put(key, new LoraFactors(torch.cat(a, -2), torch.cat(b, -1)));
    }
    return Adapters.of(
        layout(List.of(left, right)).withRank(Math.max(left.rank(), right.rank())), sum, scale);
  }

  /** Of all parts, in the order of a layout. */
  private static Set<String> keys(List<Adapters> parts) {
    Set<String> keys = new LinkedHashSet<>();
    parts.forEach(part -> keys.addAll(part.factors().keySet()));
    return keys;
  }

  private static AdapterLayout layout(List<Adapters> parts) {
    return parts.stream().map(Adapters::layout).reduce(AdapterLayout::withOptionalOf).orElseThrow();
  }

  static Adapters stack(List<Adapters> parts) {
    List<Adapters> written = parts.stream().filter(p -> !p.isEmpty()).toList();
    if (written.isEmpty()) {
      return Adapters.none();
    }
    Adapters first = written.get(0);
    written.forEach(p -> requireSamePlaces(first, p));
    double scale = commonScale(written);
    Map<String, LoraFactors> joined = new LinkedHashMap<>();
    for (String key : keys(written)) {
      List<LoraFactors> there =
          written.stream().map(p -> p.factors().get(key)).filter(Objects::nonNull).toList();
      int rank = there.stream().mapToInt(LoraFactors::rank).max().orElseThrow();
      TensorVector a = new TensorVector();
      TensorVector b = new TensorVector();
      for (Adapters part : parts) {
        LoraFactors found = part.factors().get(key);
        LoraFactors f = found == null ? silent(there.get(0), part.batch()) : found;
        a.push_back(torch.constant_pad_nd(f.a(), 0, 0, 0, rank - f.rank()));
        b.push_back(torch.constant_pad_nd(foldedB(part, f, scale), 0, rank - f.rank()));
      }
      joined.put(key, new LoraFactors(torch.cat(a, 0), torch.cat(b, 0)));
    }
    return Adapters.of(layout(written), joined, scale);
  }

  static Adapters gather(Adapters adapters, int... rows) {
    if (adapters.isEmpty()) {
      return adapters;
    }
    long[] index = new long[rows.length];
    for (int i = 0; i < rows.length; i++) {
      index[i] = rows[i];
    }
    Tensor picked = Tensor.create(index);
    return adapters.map(
        f -> new LoraFactors(f.a().index_select(0, picked), f.b().index_select(0, picked)));
  }

  static Adapters scaledEach(Adapters adapters, double[] strengths) {
    float[] values = new float[strengths.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) strengths[i];
    }
    Tensor column = Tensors.fromFloats(values, values.length); // [B]
    return expand(adapters, values.length)
        .map(
            f -> {
              long[] shape = new long[(int) f.b().dim()];
              Arrays.fill(shape, 1);
              shape[0] = values.length;
              return new LoraFactors(f.a(), f.b().mul(column.view(shape).to(f.b().scalar_type())));
            });
  }

  /** Rows of a shape with nothing in them. */
  private static LoraFactors silent(LoraFactors like, int batch) {
    return new LoraFactors(
        torch.zeros_like(expand(like.a().narrow(0, 0, 1), batch)),
        torch.zeros_like(expand(like.b().narrow(0, 0, 1), batch)));
  }

  private static double commonScale(List<Adapters> parts) {
    double scale = parts.get(0).scale();
    return parts.stream().allMatch(p -> p.scale() == scale) ? scale : 1.0;
  }

  private static Tensor foldedB(Adapters owner, LoraFactors factors, double scale) {
    return owner.isEmpty() || owner.scale() == scale
        ? factors.b()
        : factors.b().mul(new Scalar(owner.scale() / scale));
  }

  private static Adapters expand(Adapters adapters, int batch) {
    if (adapters.batch() == batch) {
      return adapters;
    }
    if (adapters.batch() != 1) {
      throw new AdapterMismatchException(
          "Expected adapters with a batch of 1 or %d, found %d".formatted(batch, adapters.batch()));
    }
    return adapters.map(f -> new LoraFactors(expand(f.a(), batch), expand(f.b(), batch)));
  }

  private static Tensor expand(Tensor tensor, int batch) {
    long[] shape = tensor.shape();
    shape[0] = batch;
    return tensor.expand(shape);
  }

  private static void requireSamePlaces(Adapters left, Adapters right) {
    if (!left.layout().samePlaces(right.layout())) {
      throw new AdapterMismatchException(
          "Expected adapters for the same places, found %s and %s"
              .formatted(left.layout().describe(), right.layout().describe()));
    }
  }
}
