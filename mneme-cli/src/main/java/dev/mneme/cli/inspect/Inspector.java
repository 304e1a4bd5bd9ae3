package dev.mneme.cli.inspect;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mneme.edit.picture.PictureFormat;
import dev.mneme.edit.picture.PictureHeader;
import dev.mneme.edit.picture.PictureReader;
import dev.mneme.edit.picture.Provenance;
import dev.mneme.edit.pipeline.Memories;
import dev.mneme.tensor.safetensors.ModelFiles;
import dev.mneme.tensor.safetensors.SafetensorsFile;
import dev.mneme.tensor.safetensors.TensorSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds out what a path holds and explains it. */
public final class Inspector {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MOMENT = "moment.";

  private final Report report = new Report();

  private Inspector() {}

  /**
   * Text about a file or folder, lines ended by a line feed.
   *
   * @return empty if a folder holds nothing that can be explained
   * @throws NoSuchFileException if the path does not exist
   * @throws IOException if a file is damaged or not what its name says
   */
  public static Optional<String> explain(Path path) throws IOException {
    if (!Files.exists(path)) {
      throw new NoSuchFileException(path.toString());
    }
    Inspector inspector = new Inspector();
    boolean known = Files.isDirectory(path) ? inspector.folder(path) : inspector.file(path);
    return known ? Optional.of(inspector.report.toString()) : Optional.empty();
  }

  private boolean file(Path file) throws IOException {
    if (PictureFormat.ofName(file.getFileName().toString()).isPresent()) {
      picture(file);
    } else {
      try (TensorSource source = ModelFiles.open(file)) {
        weights(file, source, "weights");
      }
    }
    return true;
  }

  private boolean folder(Path folder) throws IOException {
    if (Files.exists(folder.resolve("adapter_config.json"))) {
      try (SafetensorsFile source =
          SafetensorsFile.open(folder.resolve("adapter_model.safetensors"))) {
        ModelReports.adapter(report, folder, json(folder.resolve("adapter_config.json")), source);
      }
      return true;
    }
    if (Files.exists(folder.resolve("model.safetensors"))
        || Files.exists(folder.resolve("model.safetensors.index.json"))) {
      try (TensorSource source = ModelFiles.open(folder)) {
        model(folder, source);
      }
      return true;
    }
    Path checkpoint = folder.resolve("checkpoint.safetensors");
    if (Files.exists(checkpoint)) {
      return file(checkpoint);
    }
    boolean known = false;
    for (Path part : Memories.places(folder)) {
      known |= folder(part);
    }
    return known || looseFiles(folder);
  }

  /** A folder of safetensors files without the names that models have. */
  private boolean looseFiles(Path folder) throws IOException {
    Path[] files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.filter(f -> f.toString().endsWith(".safetensors")).sorted().toArray(Path[]::new);
    }
    for (Path file : files) {
      file(file);
    }
    return files.length > 0;
  }

  private void model(Path folder, TensorSource source) throws IOException {
    Path config = folder.resolve("config.json");
    String type = Files.exists(config) ? json(config).path("model_type").asText() : "";
    switch (type) {
      case "parameter_generator" -> ModelReports.generator(report, folder, source);
      case "mneme_editor" -> ModelReports.editor(report, folder, source);
      case "" -> weights(folder, source, "weights");
      default -> weights(folder, source, "a model of type " + type);
    }
  }

  private void weights(Path path, TensorSource source, String kind) throws IOException {
    boolean training = source.names().stream().anyMatch(name -> name.startsWith(MOMENT));
    if (!training) {
      report.title(path, kind).metadata(source).tensors(source);
      return;
    }
    report.title(path, "a training checkpoint");
    source.metadata().forEach(report::fact);
    report.tensors(source, name -> !name.startsWith(MOMENT));
    report.title("optimizer", "running averages of gradients");
    report.tensors(source, name -> name.startsWith(MOMENT));
  }

  private void picture(Path file) throws IOException {
    PictureHeader header = new PictureReader().header(file);
    report
        .title(file, "a %s picture".formatted(header.format()))
        .fact("size", header.width() + " x " + header.height())
        .fact("made by", Provenance.read(file).orElse("not said in the file"));
  }

  static JsonNode json(Path file) throws IOException {
    try {
      return JSON.readTree(Files.readString(file));
    } catch (JsonProcessingException e) {
      throw new IOException(
          file + ": expected JSON, found " + e.getOriginalMessage() + ". Fetch the file again", e);
    }
  }
}
