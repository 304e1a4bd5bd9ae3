package dev.mneme.edit.object;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.edit.base.ModelException;
import dev.mneme.edit.picture.Picture;
import dev.mneme.edit.picture.RasterImage;
import dev.mneme.edit.region.ObjectFinder;
import dev.mneme.edit.text.TextEncoder;
import dev.mneme.edit.text.TextStates;
import dev.mneme.learn.Progress;
import dev.mneme.learn.Schedule;
import dev.mneme.learn.Trainer;
import dev.mneme.learn.TrainingConfig;
import dev.mneme.tensor.Engine;
import dev.mneme.tensor.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FinderNetTest {
  private static final FinderConfig TINY = new FinderConfig(32, 8, 8);

  @BeforeAll
  static void start() {
    Engine.start();
  }

  /** One token a name, drawn by the name. */
  private static final TextEncoder ENCODER =
      new TextEncoder() {
        @Override
        public TextStates encode(String sentence) {
          float[] states = new float[TextStates.Encoder.MINILM.width()];
          Random random = new Random(sentence.hashCode());
          for (int i = 0; i < states.length; i++) {
            states[i] = (float) random.nextGaussian();
          }
          return new TextStates(TextStates.Encoder.MINILM, 1, states);
        }

        @Override
        public void close() {}
      };

  /** A square of one colour: red is called "ball", blue "box". */
  private static CutOut square(String name, int rgb) {
    RasterImage image =
        RasterImage.of(
            new Picture(
                32,
                32,
                plane(32 * 32, (rgb >> 16) / 255f, (rgb >> 8 & 255) / 255f, (rgb & 255) / 255f)));
    return new CutOut(name, image, List.of(name), List.of("那" + name));
  }

  private static float[] plane(int size, float... colours) {
    float[] rgb = new float[size * colours.length];
    for (int c = 0; c < colours.length; c++) {
      Arrays.fill(rgb, c * size, (c + 1) * size, colours[c]);
    }
    return rgb;
  }

  private static ObjectScene scene(CutOut object, int left, int top) {
    int side = TINY.side();
    int plane = side * side;
    Picture ground = new Picture(side, side, plane(plane, 0.5f, 0.5f, 0.5f));
    float[] rgb = ground.rgb().clone();
    float[] share = new float[plane];
    float[] read = new float[4];
    for (int i = 0; i < plane; i++) {
      int x = i % side;
      int y = i / side;
      if (x >= left && y >= top && x < left + 12 && y < top + 12) {
        object.read(0.5f, 0.5f, 12, read);
        share[i] = 1;
        for (int c = 0; c < 3; c++) {
          rgb[c * plane + i] = read[c];
        }
      }
    }
    return new ObjectScene(new Picture(side, side, rgb), ground, List.of(object), List.of(share));
  }

  private static FinderBatch batch(long step) {
    Random random = new Random(step);
    List<ObjectScene> scenes = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      CutOut object = i % 2 == 0 ? square("ball", 0xff0000) : square("box", 0x0000ff);
      scenes.add(scene(object, random.nextInt(20), random.nextInt(20)));
    }
    List<String> names = List.of("ball", "box");
    return new FinderBatch(scenes, names, names.stream().map(ENCODER::encode).toList());
  }

  @Test
  void learnsToTellTwoObjectsApart(@TempDir Path folder) throws IOException {
    FinderNet net = new FinderNet(TINY, FinderWeights.fresh(TINY, 5));
    TrainingConfig config =
        new TrainingConfig(folder.resolve("run"), new Schedule(60, 5, 1e-2, 0.1), 0, 1, 0, 60, 20);
    new Trainer(config, Precision.FP32)
        .run(new FinderLearner(net), FinderNetTest::batch, Progress.NONE);
    Path model = folder.resolve(NamedObjects.FOLDER);
    FinderModel.save(model, net, net.names(batch(0).texts()));

    ObjectFinder finder = NamedObjects.of(folder, ENCODER);
    ObjectScene scene = scene(square("ball", 0xff0000), 14, 4);
    RasterImage photo = RasterImage.of(scene.picture());
    ObjectFinder.Found found = finder.find(photo, "ball").orElseThrow();
    int side = found.side();
    assertEquals(TINY.cells(), side);
    assertTrue(found.amounts()[5 * side + 10] > 0.5f, "inside");
    assertTrue(found.amounts()[13 * side + 3] < 0.5f, "outside");
    assertTrue(finder.find(photo, "box").isEmpty(), "what is not there");
  }

  @Test
  void namesOfOneRowDoNotChangeThoseOfOthers() {
    FinderNet net = new FinderNet(TINY, FinderWeights.fresh(TINY, 5));
    float[] alone = NamedObjects.values(net.names(List.of(ENCODER.encode("ball"))));
    float[] both =
        NamedObjects.values(net.names(List.of(ENCODER.encode("ball"), ENCODER.encode("a box"))));
    assertArrayEquals(alone, Arrays.copyOf(both, alone.length), 1e-6f);
    double length = 0;
    for (float v : alone) {
      length += v * v;
    }
    assertEquals(1, length, 1e-5);
  }

  @Test
  void findsNothingWithoutAModel(@TempDir Path models) {
    RasterImage photo = RasterImage.of(new Picture(8, 8, new float[192]));
    assertTrue(NamedObjects.of(models, ENCODER).find(photo, "ball").isEmpty());
  }

  @Test
  void refusesWhatIsNoModel(@TempDir Path folder) throws IOException {
    assertEquals(
        ModelException.Kind.MISSING,
        assertThrows(ModelException.class, () -> FinderModel.load(folder)).kind());
    Files.writeString(
        folder.resolve(FinderModel.CONFIG), "{\"model_type\":\"mneme_objects\",\"format\":99}");
    assertEquals(
        ModelException.Kind.OTHER_VERSION,
        assertThrows(ModelException.class, () -> FinderModel.load(folder)).kind());
    for (String wrong :
        List.of(
            "[1",
            "{}",
            "{\"model_type\":\"mneme_objects\",\"format\":1,\"side\":1000000,\"width\":8,\"embedding\":8}")) {
      Files.writeString(folder.resolve(FinderModel.CONFIG), wrong);
      assertEquals(
          ModelException.Kind.CORRUPT,
          assertThrows(ModelException.class, () -> FinderModel.load(folder)).kind(),
          wrong);
    }
    FinderNet net = new FinderNet(TINY, FinderWeights.fresh(TINY, 5));
    FinderModel.save(folder, net, net.names(batch(0).texts()));
    byte[] weights = Files.readAllBytes(folder.resolve(FinderModel.WEIGHTS));
    Files.write(folder.resolve(FinderModel.WEIGHTS), Arrays.copyOf(weights, weights.length / 2));
    assertEquals(
        ModelException.Kind.CORRUPT,
        assertThrows(ModelException.class, () -> FinderModel.load(folder)).kind());
  }
}
