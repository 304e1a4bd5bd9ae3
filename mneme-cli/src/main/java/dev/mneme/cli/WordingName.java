package dev.mneme.cli;

import dev.mneme.edit.learn.Wording;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Wordings by the names they have on a command line: {@code english-held-out} and so on. */
final class WordingName implements ITypeConverter<Wording> {
  @Override
  public Wording convert(String value) {
    List<Wording> all = Arrays.stream(Wording.values()).filter(w -> !w.trains()).toList();
    return all.stream()
        .filter(wording -> name(wording).equals(value))
        .findFirst()
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "expected one of %s, found '%s'"
                        .formatted(all.stream().map(WordingName::name).toList(), value)));
  }

  private static String name(Wording wording) {
    return wording.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
