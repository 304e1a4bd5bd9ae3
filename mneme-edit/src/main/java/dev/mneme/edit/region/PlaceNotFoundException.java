package dev.mneme.edit.region;

/** A photograph does not show the place that was asked for. The message says what to do. */
public final class PlaceNotFoundException extends RuntimeException {
  PlaceNotFoundException(String place, double share) {
    super(
        String.format(
            java.util.Locale.ROOT,
            "expected \"%s\" in the photo, found %s. Say it without the place to edit the whole"
                + " photo, say \"the subject\", or draw a mask and name it with --mask",
            place,
            share > 0
                ? String.format(java.util.Locale.ROOT, "%.2f %% of it", 100 * share)
                : "none"));
  }
}
