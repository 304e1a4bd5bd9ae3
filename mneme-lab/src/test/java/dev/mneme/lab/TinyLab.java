package dev.mneme.lab;

import dev.mneme.edit.base.EditorConfig;
import dev.mneme.edit.base.EditorWeights;
import dev.mneme.edit.corpus.Corpus;
import dev.mneme.edit.picture.Picture;
import dev.mneme.edit.picture.PictureWriter;
import dev.mneme.edit.text.TextEncoder;
import dev.mneme.edit.text.TextStates;
import dev.mneme.edit.text.TextStates.Encoder;
import dev.mneme.lab.run.FrozenEditor;
import dev.mneme.lab.run.GeneratorShape;
import dev.mneme.lab.run.LabPhotos;
import dev.mneme.lab.run.LabProgress;
import dev.mneme.lab.run.LabSetting;
import dev.mneme.lab.run.Scale;
import dev.mneme.tensor.Engine;
import dev.mneme.tensor.Precision;
import dev.mneme.tensor.Tensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.bytedeco.pytorch.Tensor;

/** The smallest setting in which everything happens. */
public final class TinyLab {
  public static final Scale SCALE =
      new Scale(
          4,
          4,
          List.of(1e-3, 3e-3),
          List.of(1L, 2L),
          2,
          List.of("darken", "invert", "warm", "cool"),
          List.of(List.of("tint_green", "vibrance"), List.of("cyanotype", "bw_red")),
          2,
          new GeneratorShape(4, 32, 16, 1, 4, 0));

  private TinyLab() {}

  /** A setting in a folder; photographs are made in it. */
  public static LabSetting setting(Path folder, LabProgress progress) throws IOException {
    return setting(folder, SCALE, progress);
  }

  public static LabSetting setting(Path folder, Scale scale, LabProgress progress)
      throws IOException {
    Engine.start();
    Path photos = folder.resolve("photos");
    if (!Files.exists(photos)) {
      Files.createDirectories(photos);
      StringBuilder split = new StringBuilder();
      for (int i = 0; i < 6; i++) {
        PictureWriter.write(photos.resolve("p" + i + ".png"), scene(70 + 10 * i, 90, i), "");
        split.append("p%d.png\t%s\n".formatted(i, i < 4 ? "train" : "heldout"));
      }
      Files.writeString(photos.resolve("SPLIT.tsv"), split);
    }
    EditorConfig config = EditorConfig.tiny();
    return new LabSetting(
        new FrozenEditor(config, weights(config), "tiny"),
        LabPhotos.of(Corpus.load(photos)),
        new WordEncoder(),
        Precision.FP32,
        scale,
        Optional.empty(),
        folder.resolve("run"),
        progress);
  }

  /** Something in every weight, so that all that is read also matters. */
  private static Map<String, Tensor> weights(EditorConfig config) {
    Map<String, Tensor> weights = new LinkedHashMap<>();
    EditorWeights.shapes(config)
        .forEach(
            (name, shape) -> {
              int size = 1;
              for (long s : shape) {
                size *= (int) s;
              }
              Random random = new Random(name.hashCode());
              double std = Math.sqrt((double) shape[0] / size);
              float[] values = new float[size];
              for (int i = 0; i < size; i++) {
                double value = random.nextGaussian();
                values[i] =
                    (float)
                        (name.contains("norm")
                            ? 1 + 0.1 * value
                            : (shape.length == 1 ? 0.05 : name.contains("paint") ? 0.1 * std : std)
                                * value);
              }
              weights.put(name, Tensors.fromFloats(values, shape));
            });
    return weights;
  }

  private static Picture scene(int width, int height, int seed) {
    Random random = new Random(seed);
    float[] rgb = new float[3 * width * height];
    for (int c = 0; c < 3; c++) {
      double fx = 0.03 + 0.2 * random.nextDouble();
      double fy = 0.03 + 0.2 * random.nextDouble();
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          rgb[(c * height + y) * width + x] =
              (float) (0.5 + 0.4 * Math.sin(fx * x + fy * y + c + seed));
        }
      }
    }
    return new Picture(width, height, rgb).clamped();
  }

  /** One token a word (a character in Chinese), its state drawn by the word alone. */
  private static final class WordEncoder implements TextEncoder {
    @Override
    public TextStates encode(String sentence) {
      boolean chinese = sentence.codePoints().anyMatch(c -> c >= 0x4e00 && c <= 0x9fff);
      Encoder encoder = chinese ? Encoder.BGE_ZH : Encoder.MINILM;
      String[] words = sentence.strip().split(chinese ? "" : "\\s+");
      float[] states = new float[words.length * encoder.width()];
      for (int w = 0; w < words.length; w++) {
        Random random = new Random(words[w].hashCode() * 0x9E3779B97F4A7C15L);
        for (int i = 0; i < encoder.width(); i++) {
          states[w * encoder.width() + i] = (float) random.nextGaussian();
        }
      }
      return new TextStates(encoder, words.length, states);
    }

    @Override
    public void close() {}
  }
}
