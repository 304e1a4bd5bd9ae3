package dev.mneme.edit.pipeline;

import dev.mneme.edit.base.EditorBase;
import dev.mneme.edit.base.EditorModel;
import dev.mneme.edit.base.ModelException;
import dev.mneme.edit.object.NamedObjects;
import dev.mneme.edit.region.ObjectFinder;
import dev.mneme.edit.text.RoutedTextEncoder;
import dev.mneme.edit.text.TextEncoder;
import dev.mneme.edit.text.UnusableSentenceException;
import dev.mneme.tensor.Engine;
import dev.mneme.tensor.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Opens the models of a folder, on two threads: libtorch starts and the base and its memories load
 * on one; the text encoder, the digests and what understands sentences on the other.
 */
final class Opening {
  private Opening() {}

  /** See {@link Editor#open(Path, StageClock, Optional)}. */
  static Editor open(Path models, StageClock clock, Optional<String> first) throws IOException {
    Path memoryPlace = models.resolve(Memories.FIRST);
    Path editorPlace = models.resolve(Memories.EDITOR);
    requireFiles(editorPlace);
    requireFiles(memoryPlace);
    RoutedTextEncoder encoder = new RoutedTextEncoder();
    CompletableFuture<Void> reading = reading(encoder, first);
    Pending<ModelDigests> digests = Pending.after(reading, () -> ModelDigests.of(models));
    Pending<Optional<Hearing>> hearing =
        Pending.after(digests.future(), () -> hearing(models, encoder, first));
    try {
      Precision precision = Engine.start().precision().value();
      Memories memories = Memories.load(models, EditorModel.config(editorPlace));
      EditorBase base = EditorModel.load(editorPlace, memories.first().layout().rank());
      ObjectFinder objects = NamedObjects.of(models, encoder);
      Editor.Parts parts = new Editor.Parts(base, memories, digests.get(), hearing.get(), objects);
      return new Editor(parts, encoder, precision, clock);
    } catch (IOException | RuntimeException | Error e) {
      encoder.close();
      throw e;
    }
  }

  /** Reads a sentence beside other work; what fails there will fail again when it is asked for. */
  private static CompletableFuture<Void> reading(TextEncoder encoder, Optional<String> sentence) {
    return CompletableFuture.runAsync(() -> sentence.ifPresent(encoder::encode));
  }

  /** Hears a first sentence too: what that is read with is loaded then. */
  private static Optional<Hearing> hearing(
      Path models, TextEncoder encoder, Optional<String> sentence) throws IOException {
    Optional<Hearing> hearing = Hearing.load(models, encoder);
    try {
      hearing.ifPresent(h -> sentence.ifPresent(h::of));
    } catch (UnusableSentenceException e) {
      // will be refused again, by whoever asks
    }
    return hearing;
  }

  private static void requireFiles(Path model) throws ModelException {
    for (Path place :
        List.of(model, model.resolve("config.json"), model.resolve("model.safetensors"))) {
      if (!Files.exists(place)) {
        throw new ModelException(
            ModelException.Kind.MISSING,
            place,
            "a model",
            "nothing; name another folder with --models",
            null);
      }
    }
  }
}
