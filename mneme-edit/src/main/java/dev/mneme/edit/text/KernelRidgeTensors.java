package dev.mneme.edit.text;

import static dev.mneme.edit.text.UnderstandingModel.refused;

import dev.mneme.tensor.Scopes;
import dev.mneme.tensor.Tensors;
import dev.mneme.tensor.safetensors.SafetensorsFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The tensors of a {@link KernelRidge} in a file.
 *
 * @param place of the file, for messages
 * @param weights the file
 * @param name what its tensors' names begin with
 */
record KernelRidgeTensors(Path place, SafetensorsFile weights, String name) {
  private static final String CENTRE = ".centre";
  private static final String AXES = ".axes";
  private static final String LIMIT = ".limit";
  private static final String POINTS = ".points";
  private static final String WEIGHTS = ".weights";
  private static final String TEXTS = ".texts";

  /** Longest that all texts together may be once they are unpacked, in bytes. */
  private static final int LONGEST = 1 << 28;

  static void put(Map<String, Tensor> tensors, String name, KernelRidge machine) {
    KernelRidge.Space space = machine.space();
    PackedPoints points = machine.points();
    int width = space.centre().length;
    int count = points.count();
    tensors.put(name + CENTRE, Tensors.fromFloats(space.centre(), width));
    if (space.axes().length > 0) {
      tensors.put(
          name + AXES, Tensors.fromFloats(space.axes(), space.width(), width).to(ScalarType.Half));
    }
    tensors.put(name + LIMIT, Tensors.fromFloats(points.limits(), points.width()));
    tensors.put(
        name + POINTS,
        Tensors.fromBytes(points.bytes(), count, PackedPoints.size(points.width(), points.fine())));
    tensors.put(
        name + WEIGHTS,
        Tensors.fromFloats(machine.weights(), count, machine.weights().length / count)
            .to(ScalarType.Half));
    byte[] texts = packed(machine.letters().texts());
    tensors.put(name + TEXTS, Tensors.fromBytes(texts, texts.length));
  }

  /**
   * @param script of the texts
   * @param width of what is asked
   * @param outputs scores of each
   * @throws IOException if tensors are missing or do not fit
   */
  KernelRidge read(LetterGrams.Script script, int width, int outputs) throws IOException {
    float[] axes = new float[0];
    if (weights.names().contains(name + AXES)) {
      axes = floats(name + AXES, rows(AXES), width);
    }
    KernelRidge.Space space = new KernelRidge.Space(floats(name + CENTRE, width), axes);
    int others = space.width() - space.fine();
    if (others < 0 || others % 2 != 0) { // two of these share a byte
      throw refused(
          place,
          "%s of %d axes and an even number more".formatted(name + AXES, space.fine()),
          space.width() + " axes");
    }
    PackedPoints points = points(space);
    return new KernelRidge(
        space,
        points,
        floats(name + WEIGHTS, points.count(), outputs),
        letters(script, points.count()));
  }

  private PackedPoints points(KernelRidge.Space space) throws IOException {
    float[] limits = floats(name + LIMIT, space.width());
    for (float limit : limits) {
      if (!(limit > 0 && limit <= 1)) { // points are unit vectors
        throw refused(place, name + ".limit above 0 and at most 1", "" + limit);
      }
    }
    int size = PackedPoints.size(space.width(), space.fine());
    byte[] bytes = values(name + POINTS, Tensors::toBytes, rows(POINTS), size);
    return new PackedPoints(bytes, limits, space.fine());
  }

  private LetterGrams letters(LetterGrams.Script script, int count) throws IOException {
    byte[] packed = values(name + TEXTS, Tensors::toBytes, rows(TEXTS));
    List<String> texts = unpacked(packed);
    boolean normal = texts.stream().allMatch(text -> text.equals(script.normal(text)));
    if (texts.size() != count || !normal) {
      throw refused(
          place,
          "%d lines of letters and digits in %s".formatted(count, name + TEXTS),
          texts.size() + (normal ? "" : ", some of them with others"));
    }
    return new LetterGrams(script, texts);
  }

  /** Texts in UTF-8, a line each, in gzip. */
  private static byte[] packed(List<String> texts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(String.join("\n", texts).getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("In memory", e);
    }
    return bytes.toByteArray();
  }

  private List<String> unpacked(byte[] packed) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      byte[] bytes = in.readNBytes(LONGEST);
      return List.of(new String(bytes, StandardCharsets.UTF_8).split("\n", -1));
    } catch (IOException e) {
      throw refused(place, name + TEXTS + " in gzip", e.getMessage());
    }
  }

  private long rows(String of) throws IOException {
    long[] sizes = weights.info(name + of).sizes();
    if (sizes.length == 0 || sizes[0] == 0) {
      throw refused(place, name + of + " with rows", Arrays.toString(sizes));
    }
    return sizes[0];
  }

  private float[] floats(String tensor, long... shape) throws IOException {
    return values(tensor, one -> Tensors.toFloats(one.to(ScalarType.Float)), shape);
  }

  private <T> T values(String tensor, Function<Tensor, T> read, long... shape) throws IOException {
    long[] found = weights.info(tensor).sizes();
    if (!Arrays.equals(found, shape)) {
      throw refused(
          place, tensor + " of " + Arrays.toString(shape), "one of " + Arrays.toString(found));
    }
    return Scopes.call(() -> read.apply(weights.tensor(tensor)), values -> List.of());
  }
}
