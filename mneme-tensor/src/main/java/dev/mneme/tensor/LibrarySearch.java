package dev.mneme.tensor;

import java.lang.reflect.Field;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.ClassProperties;
import org.bytedeco.javacpp.Loader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for the libraries that libtorch may want before JavaCPP does, in the same places, with the
 * same answers, in less time.
 *
 * <p>{@link Loader} looks for about sixty libraries, most of which are for GPUs that are not there.
 * In 1.5.13 each search leaves one more place to the list of all searches that follow ({@code
 * findLibrary} adds to the live list of {@code platform.preloadresource}), so that the last
 * searches each entry of the class path many times over.
 */
final class LibrarySearch {
  private static final Logger LOG = LoggerFactory.getLogger(LibrarySearch.class);

  private LibrarySearch() {}

  /**
   * Tells JavaCPP what it would find. Where this version of JavaCPP keeps it elsewhere nothing
   * happens, and the start is slower.
   *
   * @param classes in the order in which they will be loaded; none is initialized
   */
  static void tell(List<Class<?>> classes) {
    Map<String, URL[]> known;
    try {
      known = known();
    } catch (ReflectiveOperationException | RuntimeException e) {
      LOG.debug("JavaCPP searches by itself: {}", e.toString());
      return;
    }
    for (Class<?> type : classes) {
      find(type).forEach(known::putIfAbsent);
    }
  }

  /** Where the libraries lie that a class asks for, by their names as JavaCPP writes them. */
  static Map<String, URL[]> find(Class<?> type) {
    ClassProperties properties = Loader.loadProperties(type, Loader.loadProperties(), true);
    List<String> names = new ArrayList<>(properties.get("platform.preload"));
    names.addAll(properties.get("platform.link"));
    Map<String, URL[]> found = new LinkedHashMap<>();
    for (String name : names) {
      found.put(name, Loader.findLibrary(type, properties, name));
      properties.get("platform.preloadresource").removeAll(Collections.singleton((String) null));
    }
    return found;
  }

  /** JavaCPP's own, by library. */
  @SuppressWarnings("unchecked") // Map<String, URL[]> as declared there
  private static Map<String, URL[]> known() throws ReflectiveOperationException {
    Field field = Loader.class.getDeclaredField("foundLibraries");
    field.setAccessible(true);
    return (Map<String, URL[]>) field.get(null);
  }
}
