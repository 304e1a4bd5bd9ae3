package dev.mneme.edit.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.edit.picture.Pictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tasks that are compiled here, as a user's are elsewhere. */
class UserTasksTest {
  @TempDir static Path classes;
  @TempDir static Path served;

  private static final String SOURCE =
      """
      package com.example;
      import dev.mneme.edit.picture.Picture;
      import dev.mneme.edit.task.*;
      import java.util.random.RandomGenerator;
      public class %s implements EditTask {
        %s
        public String name() { return "%s"; }
        public String phrasings() { return "mist.txt"; }
        public Family family() { return Family.WEATHER; }
        public Learner learner() { return Learner.MEMORY; }
        public Strength strength() { return new Strength(0.5, 1, 1.5); }
        public EditPair apply(Picture clean, double strength, RandomGenerator random) {
          return new EditPair(clean, clean);
        }
      }
      """;

  @BeforeAll
  static void compile() throws IOException {
    List<Path> sources = new ArrayList<>();
    sources.add(source("Mist", "", "fogbank"));
    sources.add(source("Twin", "", "darken"));
    sources.add(source("Shouting", "", "MIST!"));
    sources.add(source("Hidden", "private Hidden() {}", "hidden"));
    sources.add(
        source("Failing", "public Failing() { throw new RuntimeException(\"no fog\"); }", "f"));
    Path plain = classes.resolve("Plain.java");
    sources.add(Files.writeString(plain, "package com.example; public class Plain {}"));
    Path silent = classes.resolve("Silent.java");
    String mute = SOURCE.formatted("Silent", "", "silent").replace("mist.txt", "none.txt");
    sources.add(Files.writeString(silent, mute));
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-proc:none", "-cp", System.getProperty("java.class.path"), "-d", classes + ""));
    sources.forEach(s -> arguments.add(s.toString()));
    int code =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(String[]::new));
    assertEquals(0, code, "compiled");
    Path packaged = Files.createDirectories(classes.resolve("com/example"));
    Files.writeString(packaged.resolve("mist.txt"), phrasings());
    Path inner = Files.createDirectories(served.resolve("com/example"));
    Files.copy(packaged.resolve("Mist.class"), inner.resolve("Mist.class"));
    Files.copy(packaged.resolve("mist.txt"), inner.resolve("mist.txt"));
    Path services = Files.createDirectories(served.resolve("META-INF/services"));
    Files.writeString(services.resolve(EditTask.class.getName()), "com.example.Mist\n");
  }

  private static Path source(String type, String constructor, String name) throws IOException {
    return Files.writeString(
        classes.resolve(type + ".java"), SOURCE.formatted(type, constructor, name));
  }

  private static String phrasings() {
    return section("[english]", "add mist", 16)
        + section("[english held out]", "mist it", 4)
        + section("[chinese]", "加雾", 8)
        + section("[chinese held out]", "雾", 2);
  }

  private static String section(String heading, String text, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> text + " " + i + "\n")
        .collect(Collectors.joining("", heading + "\n", ""));
  }

  @Test
  void aClassBringsItsOwnSentences() {
    EditTask mist = UserTasks.load(List.of(classes), List.of("com.example.Mist")).get(0);
    assertEquals("fogbank", mist.name());
    assertEquals("add mist 3", PhrasingsReader.of(mist).english().get(3));
    EditPair pair = mist.apply(Pictures.scene(5, 3), 1, new Random(1));
    assertEquals(5, pair.target().width());
  }

  @Test
  void aClassPathCanNameItsTasksItself() {
    List<EditTask> tasks = UserTasks.load(List.of(served), List.of());
    assertEquals(List.of("fogbank"), tasks.stream().map(EditTask::name).toList());
    refused(List.of(classes), "META-INF/services/dev.mneme.edit.task.EditTask");
    assertEquals(List.of(), UserTasks.load(List.of(), List.of()));
  }

  @Test
  void whatIsNoTaskIsRefusedWithAReason() {
    refused(List.of(classes), "Expected a class com.example.None, found none", "None");
    refused(List.of(), "Expected a class com.example.Mist, found none", "Mist");
    refused(List.of(classes), "implements dev.mneme.edit.task.EditTask", "Plain");
    refused(List.of(classes), "public constructor without parameters", "Hidden");
    refused(List.of(classes), "no fog", "Failing");
    refused(List.of(classes), "which another task has", "Twin");
    refused(List.of(classes), "which another task has", "Mist", "Mist");
    refused(List.of(classes), "found 'MIST!'", "Shouting");
    refused(List.of(classes), "none.txt, found none; add it", "Silent");
    refused(List.of(classes.resolve("away.jar")), "found nothing at", "Mist");
  }

  private static void refused(List<Path> path, String said, String... types) {
    List<String> names =
        IntStream.range(0, types.length).mapToObj(i -> "com.example." + types[i]).toList();
    UserTaskException e = assertThrows(UserTaskException.class, () -> UserTasks.load(path, names));
    assertTrue(e.getMessage().contains(said), e.getMessage());
  }
}
