package dev.mneme.edit.corpus;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mneme.edit.corpus.ManifestException.Fault;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.DuplicateHeaderMode;

/** Reads the rows of a manifest, whichever of its two forms it has. */
final class ManifestRows {
  static final String CSV = "manifest.csv";
  static final String JSONL = "manifest.jsonl";

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * One row.
   *
   * @param line on which it ends, from 1
   * @param cells by column, none of them blank
   */
  record Row(int line, Map<String, String> cells) {}

  private final Path file;
  private final Set<String> columns;
  private final List<Row> rows = new ArrayList<>();
  private final List<Fault> faults;

  private ManifestRows(Path file, Set<String> columns, List<Fault> faults) {
    this.file = file;
    this.columns = columns;
    this.faults = faults;
  }

  /** The manifest of a folder. */
  static Path find(Path folder) throws IOException {
    boolean csv = Files.exists(folder.resolve(CSV));
    boolean jsonl = Files.exists(folder.resolve(JSONL));
    if (csv && jsonl) {
      throw new IOException(
          "%s: expected one manifest, found both %s and %s. Remove one"
              .formatted(folder, CSV, JSONL));
    }
    if (!csv && !jsonl) {
      throw new NoSuchFileException(
          folder.resolve(CSV).toString(), null, "expected this, or " + JSONL + ", found neither");
    }
    return folder.resolve(csv ? CSV : JSONL);
  }

  /**
   * Reads all rows.
   *
   * @param columns those there may be
   * @param faults takes what is wrong with lines; these are left out
   */
  static List<Row> read(Path file, Set<String> columns, List<Fault> faults) throws IOException {
    ManifestRows all = new ManifestRows(file, columns, faults);
    if (file.getFileName().toString().equals(CSV)) {
      all.readCsv();
    } else {
      all.readJsonLines();
    }
    return all.rows;
  }

  private void readCsv() throws IOException {
    CSVFormat format =
        CSVFormat.RFC4180
            .builder()
            .setHeader()
            .setDuplicateHeaderMode(DuplicateHeaderMode.DISALLOW)
            .setSkipHeaderRecord(true)
            .setIgnoreSurroundingSpaces(true)
            .setIgnoreEmptyLines(true)
            .build();
    try (Reader in = Files.newBufferedReader(file);
        CSVParser parser = format.parse(in)) {
      List<String> header = parser.getHeaderNames();
      for (String name : header) {
        if (!columns.contains(name)) {
          faults.add(new Fault(1, "columns among " + columns, "'" + name + "'"));
        }
      }
      for (CSVRecord record : parser) {
        int line = Math.toIntExact(parser.getCurrentLineNumber());
        if (record.size() != header.size()) {
          faults.add(new Fault(line, header.size() + " cells", record.size() + " cells"));
        } else {
          add(line, record.toMap());
        }
      }
    } catch (IllegalArgumentException e) { // a header with a name twice or none
      faults.add(new Fault(1, "a header of columns", e.getMessage()));
    } catch (IllegalStateException | UncheckedIOException e) { // quotes that do not close
      faults.add(
          new Fault(
              rows.isEmpty() ? 2 : rows.get(rows.size() - 1).line() + 1,
              "cells, quoted where they hold commas or quotes",
              e.getMessage()));
    }
  }

  private void readJsonLines() throws IOException {
    int number = 0;
    for (String line : Files.readAllLines(file)) {
      number++;
      if (line.isBlank()) {
        continue;
      }
      JsonNode object;
      try {
        object = JSON.readTree(line);
      } catch (JsonProcessingException e) {
        faults.add(new Fault(number, "a JSON object", "'" + line + "'"));
        continue;
      }
      Map<String, String> cells = new LinkedHashMap<>();
      boolean sound = object.isObject();
      for (Map.Entry<String, JsonNode> e : object.properties()) {
        if (!columns.contains(e.getKey())) {
          faults.add(new Fault(number, "fields among " + columns, "'" + e.getKey() + "'"));
          sound = false;
        } else if (!e.getValue().isTextual()) {
          faults.add(new Fault(number, "text for '" + e.getKey() + "'", e.getValue().toString()));
          sound = false;
        } else {
          cells.put(e.getKey(), e.getValue().textValue());
        }
      }
      if (sound) {
        add(number, cells);
      } else if (!object.isObject()) {
        faults.add(new Fault(number, "a JSON object", "'" + line + "'"));
      }
    }
  }

  private void add(int line, Map<String, String> cells) {
    Map<String, String> filled = new LinkedHashMap<>(cells);
    filled.values().removeIf(String::isBlank);
    filled.replaceAll((name, cell) -> cell.strip());
    rows.add(new Row(line, filled));
  }
}
