package dev.mneme.edit.words;

import dev.mneme.edit.region.Region;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The rules of {@code places.txt} for one language. Immutable. */
final class PlaceRules {
  private static final String INVERTED = "! ";

  /** The subject is a thing too: it can be taken away. */
  private static final String SUBJECT = "subject";

  /** A place and how it is said. */
  private record Named(Region region, Pattern words) {}

  /** Where words are a place, and the wish that is left. */
  private record Template(Pattern pattern, String wish, boolean inverted) {}

  private final List<Named> places = new ArrayList<>();
  private final List<Template> templates = new ArrayList<>();
  private final Pattern never;
  private final Pattern mention;
  private final ObjectWords objects;

  PlaceRules(RuleFile file, ObjectWords objects, Language language) {
    this.objects = objects;
    boolean english = language == Language.ENGLISH;
    List<String> all = new ArrayList<>();
    String thing = objects.pattern();
    for (String line : file.section("places")) {
      String[] columns = line.split(" \\| ");
      String words = columns[english ? 2 : 3].strip().replace("\\|", "|");
      places.add(
          new Named(region(columns[0].strip(), columns[1].strip()), RuleFile.pattern(words)));
      all.add(words);
      thing = columns[0].strip().equals(SUBJECT) ? words + "|" + thing : thing;
    }
    mention =
        RuleFile.pattern(
            english ? "\\b(?:" + String.join("|", all) + ")\\b" : String.join("|", all));
    String any = String.join("|", all);
    String not = english ? "(?<not>" + file.section("english not").get(0) + ")?" : "(?<not>$x)?";
    String after =
        file.section(language.heading("after")).stream()
            .map(line -> "(?!" + line.substring(1) + ")") // all begin with ^
            .collect(Collectors.joining());
    for (String line : file.section(language.heading("templates"))) {
      boolean inverted = line.startsWith(INVERTED);
      String[] parts = line.substring(inverted ? INVERTED.length() : 0).split(" => ");
      String pattern =
          parts[0]
              .replace("{place}", not + "(?<place>" + any + ")" + after)
              .replace("{thing}", not + "(?<place>" + thing + ")" + after);
      templates.add(new Template(RuleFile.pattern(pattern), parts[1], inverted));
    }
    never = file.any(language.heading("never"));
  }

  private static Region region(String name, String definition) {
    return definition.startsWith("!")
        ? Region.of("all but the " + definition.substring(1), definition.substring(1))
            .inverted(name)
        : Region.of(name, definition);
  }

  Placed read(String sentence) {
    if (!never.matcher(sentence).find()) {
      for (Template template : templates) {
        Matcher found = template.pattern().matcher(sentence.strip());
        if (found.matches()) {
          Region region =
              region(found.group("place"), template.inverted() ^ found.group("not") != null);
          String wish = Cut.tidy(found.replaceFirst(template.wish()));
          if (wish.isBlank() || mention.matcher(wish).find()) {
            break; // no wish, or a second place
          }
          return new Placed(wish, Optional.of(region));
        }
      }
    }
    return new Placed(sentence, Optional.empty());
  }

  private Region region(String words, boolean inverted) {
    Region region =
        places.stream()
            .filter(place -> place.words().matcher(words).matches())
            .findFirst()
            .map(Named::region)
            .orElseGet(() -> Region.object(objects.name(words)));
    return inverted ? region.inverted("all but the " + region.name()) : region;
  }
}
