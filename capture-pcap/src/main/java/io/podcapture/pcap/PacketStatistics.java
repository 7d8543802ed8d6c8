package io.podcapture.pcap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Counts what a pcap or pcapng file holds, in one pass.
 *
 * <pre>{@code
 * StatisticsReport report = PacketFiles.statistics(file).read();
 * }</pre>
 *
 * <p>Holds what a {@link PacketCursor} does, and a few counts per interface; nothing is allocated per packet. For one
 * thread; another reads along in files of 8 MiB or more. Each property may be set once.
 *
 * @since 0.1
 */
public final class PacketStatistics {
    private final Path file;
    private @Nullable DamagePolicy policy;
    private @Nullable Boolean sha256;

    PacketStatistics(Path file) {
        this.file = file;
    }

    /**
     * Says what to do at damage; without, it is {@link DamagePolicy#RESYNC}.
     *
     * @param policy while reading
     * @return this
     */
    public PacketStatistics onDamage(DamagePolicy policy) {
        this.policy = Once.set("policy on damage", this.policy, policy);
        return this;
    }

    /**
     * Has the SHA-256 of the file's octets computed too, on a daemon thread of its own that reads the file a second time
     * and ends with {@link #read}. What is no regular file is then refused by that.
     *
     * @return this
     */
    public PacketStatistics sha256() {
        sha256 = Once.set("SHA-256", sha256, true);
        return this;
    }

    /**
     * Reads the file to its end. Blocks as the file does; an interrupt does not disturb it.
     *
     * @return what it holds
     * @throws PcapFormatException if it is no capture file or ends within its header; with {@link DamagePolicy#HALT} also
     *     if it is damaged or cut
     * @throws IOException if it cannot be read, or is no regular file and the SHA-256 is asked for; the message names it
     */
    public StatisticsReport read() throws IOException {
        if (sha256 == null) {
            return read(Optional.empty());
        }
        try (FileDigest digest = FileDigest.start(file)) {
            return read(Optional.of(digest));
        }
    }

    private StatisticsReport read(Optional<FileDigest> digest) throws IOException {
        try (PacketCursor cursor = PacketCursor.openDirect(file)) {
            cursor.onDamage(policy == null ? DamagePolicy.RESYNC : policy);
            PacketCount count = new PacketCount(cursor);
            count.toTheEnd();
            Optional<String> hex = digest.isPresent() ? Optional.of(digest.get().hex()) : Optional.empty();
            return new StatisticsReport(file, Files.size(file), count, hex);
        } catch (PcapFormatException e) {
            throw e.in(file);
        } catch (IOException e) {
            throw new IOException("cannot read capture file " + file + ": " + e, e);
        }
    }
}
