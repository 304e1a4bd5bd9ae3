package dev.mneme.edit.object;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.edit.corpus.Corpus;
import dev.mneme.edit.words.Asked;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ObjectSceneTest {
  private static CutOuts objects;
  private static Corpus photos;

  @BeforeAll
  static void load() throws IOException {
    objects = CutOuts.load(Path.of("../objects"));
    photos = Corpus.load(Path.of("../photos"));
  }

  private static ObjectScene scene(long seed) {
    return ObjectScene.draw(
        new Random(seed), photos.train().get((int) seed), objects.train(), 4, 64);
  }

  @Test
  void isTheSameForTheSameSeed() {
    ObjectScene scene = scene(3);
    assertArrayEquals(scene.picture().rgb(), scene(3).picture().rgb());
    assertEquals(scene.objects(), scene(3).objects());
  }

  @Test
  void isThePhotographWhereNoObjectIs() {
    for (long seed = 0; seed < 8; seed++) {
      ObjectScene scene = scene(seed);
      int plane = scene.picture().plane();
      int changed = 0;
      for (int i = 0; i < plane; i++) {
        float covered = 0;
        for (float[] share : scene.shares()) {
          covered += share[i];
        }
        assertTrue(covered <= 1.001f, "more than all of a pixel is covered");
        changed += covered > 0.5f ? 1 : 0;
        for (int c = 0; c < 3 && covered == 0; c++) {
          assertEquals(scene.ground().rgb()[c * plane + i], scene.picture().rgb()[c * plane + i]);
        }
      }
      assertTrue(changed > 0 && changed < plane, changed + " of " + plane);
    }
  }

  @Test
  void showsNothingTwiceNorTwoOfOneName() {
    for (long seed = 0; seed < 12; seed++) {
      Set<String> names = new HashSet<>();
      scene(seed).objects().forEach(o -> assertTrue(names.add(o.english().get(0))));
    }
  }

  @Test
  void everyNameIsHeard() {
    Stream.concat(objects.train().stream(), objects.heldOut().stream())
        .forEach(
            object -> {
              object.english().forEach(name -> assertHeard("brighten the " + name, name));
              object.chinese().forEach(name -> assertHeard("把那个" + name + "调亮", name));
            });
  }

  private static void assertHeard(String sentence, String name) {
    String heard = Asked.of(sentence).place().map(Object::toString).orElse("nothing");
    assertTrue(heard.equals(name), () -> sentence + ": heard " + heard);
  }

  @Test
  void saysWhatIsWrongWithATable(@TempDir Path folder) throws IOException {
    assertThrows(IOException.class, () -> CutOuts.load(folder));
    Files.writeString(folder.resolve(CutOuts.TABLE), "file\tsplit\nx.webp\tnobody\n");
    IOException e = assertThrows(IOException.class, () -> CutOuts.load(folder));
    assertTrue(e.getMessage().contains("line 2"), e.getMessage());
  }
}
