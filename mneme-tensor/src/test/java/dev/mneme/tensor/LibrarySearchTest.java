package dev.mneme.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.net.URL;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.ClassProperties;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LibrarySearchTest {
  @BeforeAll
  static void start() {
    Engine.start();
  }

  @Test
  void findsWhatJavacppFindsForEachLibraryAlone() {
    for (Class<?> type : List.of(openblas_nolapack.class, torch.class)) {
      Map<String, URL[]> found = LibrarySearch.find(type);

      assertTrue(found.values().stream().anyMatch(urls -> urls.length > 0), found.toString());
      found.forEach(
          (name, urls) ->
              assertArrayEquals(Loader.findLibrary(type, properties(type), name), urls, name));
    }
  }

  /** Fails where another JavaCPP keeps it elsewhere: then every start is slow again. */
  @Test
  @SuppressWarnings("unchecked") // Map<String, URL[]> as declared there
  void javacppKeepsWhatItIsTold() throws Exception {
    Field field = Loader.class.getDeclaredField("foundLibraries");
    field.setAccessible(true);
    Map<String, URL[]> known = (Map<String, URL[]>) field.get(null);
    URL[] before = known.remove("torch_cpu");
    try {
      LibrarySearch.tell(List.of(torch.class));

      assertArrayEquals(before, known.get("torch_cpu"));
    } finally {
      known.put("torch_cpu", before);
    }
  }

  /** Fails once JavaCPP searches no more than it must: then this class has had its day. */
  @Test
  void javacppStillSearchesMoreWithEveryLibrary() {
    ClassProperties properties = properties(torch.class);
    List<String> places = properties.get("platform.preloadresource");
    int before = places.size();

    Loader.findLibrary(torch.class, properties, "none");

    assertEquals(before + 1, places.size());
  }

  private static ClassProperties properties(Class<?> type) {
    return Loader.loadProperties(type, Loader.loadProperties(), true);
  }
}
