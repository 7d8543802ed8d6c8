package io.podcapture.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The part files of a directory and those within it. */
final class PartFileResidue implements Residue {
    private final Supplier<Path> named;
    private Path directory = Path.of("");

    PartFileResidue(Supplier<Path> named) {
        this.named = named;
    }

    @Override
    public void look() {
        directory = named.get();
    }

    @Override
    public List<String> left() {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".part"))
                    .map(file -> "file " + file)
                    .sorted()
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (UncheckedIOException e) {
            // A file that goes while it is looked at.
            return List.of("something in " + directory + " that goes: " + e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException("what is left in " + directory + " cannot be seen", e);
        }
    }
}
