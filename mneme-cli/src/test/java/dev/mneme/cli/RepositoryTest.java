package dev.mneme.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the repository says about itself is so. */
final class RepositoryTest {
  private static final Pattern FENCED = Pattern.compile("(?ms)^```\\w*\\n(.*?)^```");
  private static final Pattern COMMENT = Pattern.compile("(?s)<!--.*?-->");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");

  @Test
  void continuousIntegrationRunsTheTestCommandOfTheReadme() throws IOException {
    List<String> run =
        Files.readAllLines(Repository.ROOT.resolve(".ci/run")).stream()
            .filter(line -> line.startsWith("mvn "))
            .toList();
    assertEquals(1, run.size(), "one Maven command in .ci/run, found " + run);
    String readme = Files.readString(Repository.ROOT.resolve("README.md"));
    List<String> shown =
        FENCED
            .matcher(readme)
            .results()
            .flatMap(block -> block.group(1).lines())
            .filter(line -> line.startsWith("mvn "))
            .toList();
    assertTrue(
        shown.contains(run.get(0)), "expected %s in README.md, found %s".formatted(run, shown));
  }

  @Test
  void continuousIntegrationCanBeExecuted() {
    assertTrue(Files.isExecutable(Repository.ROOT.resolve(".ci/run")));
  }

  @Test
  void everyPackageSaysWhatItIsFor() throws IOException {
    List<Path> packages = new ArrayList<>();
    for (Path sources : Repository.inModules("src/main/java")) {
      try (Stream<Path> files = Files.walk(sources)) {
        files
            .filter(file -> file.toString().endsWith(".java"))
            .map(Path::getParent)
            .distinct()
            .forEach(packages::add);
      }
    }
    assertTrue(packages.size() >= 11, "packages found: " + packages);
    List<Path> silent =
        packages.stream().filter(p -> !Files.exists(p.resolve("package-info.java"))).toList();
    assertEquals(List.of(), silent, "packages without package-info.java");
  }

  @Test
  void linksInTheGuidesLeadSomewhere() throws IOException {
    List<String> broken = new ArrayList<>();
    int links = 0;
    for (Path guide : guides()) {
      Matcher link = LINK.matcher(COMMENT.matcher(Files.readString(guide)).replaceAll(""));
      while (link.find()) {
        String target = link.group(1);
        if (target.contains("://") || target.startsWith("#")) {
          continue;
        }
        links++;
        String path = URLDecoder.decode(target.replaceFirst("#.*", ""), StandardCharsets.UTF_8);
        if (!Files.exists(guide.resolveSibling(path))) {
          broken.add(Repository.ROOT.relativize(guide) + " -> " + target);
        }
      }
    }
    assertTrue(links > 5, "links found: " + links);
    assertEquals(List.of(), broken);
  }

  @Test
  void everyPhotographIsCredited() throws IOException {
    List<String> credits = Files.readAllLines(Repository.ROOT.resolve("photos/CREDITS.tsv"));
    List<String> credited = credits.stream().skip(1).map(line -> line.split("\t")[0]).toList();
    try (Stream<Path> files = Files.list(Repository.ROOT.resolve("photos"))) {
      List<String> photographs =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(".jpg"))
              .sorted()
              .toList();
      assertFalse(photographs.isEmpty());
      assertEquals(photographs, credited.stream().sorted().toList());
    }
  }

  private static List<Path> guides() throws IOException {
    List<Path> guides = new ArrayList<>();
    List<Path> folders = new ArrayList<>(Repository.inModules("."));
    folders.addAll(List.of(Repository.ROOT, Repository.ROOT.resolve("docs")));
    for (Path folder : folders) {
      try (Stream<Path> files = Files.list(folder)) {
        files.filter(file -> file.toString().endsWith(".md")).forEach(guides::add);
      }
    }
    return guides;
  }
}
