package org.liveupdate.core.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.liveupdate.core.image.ImageModel.FileEntry;
import org.liveupdate.core.image.ImageModel.FlbEntry;
import org.liveupdate.core.image.ImageModel.SessionEntry;
import org.liveupdate.kho.image.ImageException;
import org.liveupdate.kho.image.ImageException.Kind;

/** Images whose checksum is right and whose contents do not fit together: each is refused as a whole. */
class ImageRefusalTest {
    private static final List<String> A_AND_B = List.of("a", "b");
    private static final List<String> B = List.of("b");
    private static final ImageModel MODEL = new ImageModel(3,
            List.of(new FlbEntry("a", 10, 2, 0, "owner.a"), new FlbEntry("b", 11, 3, 0, "owner.b")),
            List.of(new SessionEntry("one", List.of(file(1, A_AND_B), file(2, B))),
                    new SessionEntry("two", List.of(file(1, A_AND_B), file(2, List.of())))));

    private PatchedImage image;

    private static FileEntry file(long token, List<String> flbs) {
        return new FileEntry("h", 20 + token, token, flbs, 0, "owner.h");
    }

    @BeforeEach
    void encode() throws ImageException {
        image = new PatchedImage(MODEL);
    }

    private static void assertCorrupt(PatchedImage patched, String... words) {
        ImageException refusal = assertThrows(ImageException.class, patched::decode);
        assertEquals(Kind.CORRUPT, refusal.kind(), refusal::getMessage);
        assertTrue(Stream.of(words).allMatch(refusal.getMessage()::contains), refusal::getMessage);
    }

    private static void assertCorrupt(ImageModel model, String... words) throws ImageException {
        assertCorrupt(new PatchedImage(model), words);
    }

    @Test
    void whatIsWrittenIsRead() throws ImageException {
        assertEquals(MODEL, image.decode().model());
    }

    @Test
    void aCountOfFilesThatTheListsDoNotAddUpToIsRefused() throws Exception {
        assertCorrupt(image.putLong(image.flb(1) + FlbPageLayout.FILES, 2), "FLB b held by 2 files", "3 files");
    }

    @Test
    void anFlbWithoutFilesIsRefused() throws Exception {
        assertCorrupt(image.putLong(image.flb(0) + FlbPageLayout.FILES, 0), "1 or more");
    }

    @Test
    void oneFlbPageForBothSidesIsRefused() throws Exception {
        ImageModel.Resume resume = new ImageModel.Resume(2, MODEL.flbs(), MODEL.sessions());
        PatchedImage both = new PatchedImage(new ImageModel(3, MODEL.flbs(), MODEL.sessions(), resume));
        assertCorrupt(both.resumeFlbPage(both.flbPage()), "a page of one part only");
    }

    @Test
    void moreFlbsThanAPageHoldsAreRefused() throws Exception {
        assertCorrupt(image.putLong(image.flbPage() + FlbPageLayout.COUNT, 64), "at most 63 FLBs");
    }

    @Test
    void fewerFlbsThanHoldersAreRefused() throws Exception {
        assertCorrupt(image.putLong(image.flbPage() + FlbPageLayout.COUNT, 1), "FLB holders");
    }

    @Test
    void anotherNumberOfPagesIsRefused() throws Exception {
        assertCorrupt(image.putLong(image.flbPage() + FlbPageLayout.PAGES, 2), "found 2");
    }

    @Test
    void namesOfFlbsThatAreNotCompatibleStringsAreRefused() throws Exception {
        long name = image.flb(0) + FlbPageLayout.NAME;
        assertCorrupt(image.putByte(name, 0), "a compatible string");
        encode();
        assertCorrupt(image.putByte(name, 0x7f), "a compatible string");
        encode();
        assertCorrupt(image.putByte(name + 5, 'x'), "a compatible string");
        encode();
        for (int i = 0; i < FlbPageLayout.NAME_BYTES; i++) {
            image.putByte(name + i, 'x');
        }
        assertCorrupt(image, "a compatible string");
    }

    @Test
    void flbsOfTheSameNameAreRefused() throws Exception {
        assertCorrupt(image.putByte(image.flb(1) + FlbPageLayout.NAME, 'a'), "distinct FLB names");
    }

    @Test
    void ownersThatDoNotExistAreRefused() throws Exception {
        assertCorrupt(image.putLong(image.holder(0) + FlbExtraLayout.HOLDER_OWNER, 3), "an owner below 3");
        assertCorrupt(image.putLong(image.holder(0) + FlbExtraLayout.HOLDER_OWNER, -1), "an owner below 3");
        encode();
        assertCorrupt(image.putLong(image.file(0, 0) + SessionLayout.OWNER, -1), "an owner below 3");
        assertCorrupt(image.putLong(image.file(0, 0) + SessionLayout.OWNER, 3), "an owner below 3");
    }

    @Test
    void ownersWithoutANameAreRefused() throws Exception {
        assertCorrupt(image.putLong(image.owner(0) - 8, 4), "distinct owners of 1 byte or more");
    }

    @Test
    void ownersWithoutANameOrWithTheSameNameAreRefused() throws Exception {
        long lastLetter = image.owner(1) + FlbExtraLayout.OWNER_NAME + "owner.".length();
        assertCorrupt(image.putByte(lastLetter, 'a'));
        encode();
        assertCorrupt(image.putLong(image.owner(1) + FlbExtraLayout.OWNER_NAME, 0));
    }

    @Test
    void listsThatAreNotNumberedInOrderAreRefused() throws Exception {
        assertCorrupt(image.putLong(image.list(0) + FlbExtraLayout.LIST_NUMBER, 2), "FLB list 1");
        encode();
        assertCorrupt(image.putLong(image.list(2) + FlbExtraLayout.LIST_NUMBER, 3), "FLB list 1");
    }

    @Test
    void listsOfUnknownOrRepeatedFlbsAreRefused() throws Exception {
        assertCorrupt(image.putLong(image.list(0) + FlbExtraLayout.LIST_FLB, 2), "another FLB below 2");
        encode();
        assertCorrupt(image.putLong(image.list(1) + FlbExtraLayout.LIST_FLB, 0), "another FLB below 2");
        encode();
        assertCorrupt(image.putLong(image.list(1) + FlbExtraLayout.LIST_FLB, -1), "another FLB below 2");
    }

    @Test
    void filesWithAListThatDoesNotExistAreRefused() throws Exception {
        assertCorrupt(image.putLong(image.file(0, 0) + SessionLayout.LIST, 3), "an FLB list up to 2");
        encode();
        assertCorrupt(image.putLong(image.file(0, 0) + SessionLayout.LIST, -1), "an FLB list up to 2");
    }

    @Test
    void aListThatAFileLostIsNoticed() throws Exception {
        assertCorrupt(image.putLong(image.file(0, 1) + SessionLayout.LIST, 0), "FLB b held by 3 files");
    }

    @Test
    void sessionsOfTheSameNameAreRefused() throws ImageException {
        SessionEntry empty = new SessionEntry("same", List.of());
        assertCorrupt(new ImageModel(1, List.of(), List.of(empty, empty)), "distinct session names", "same");
    }

    @Test
    void aSessionWithoutANameIsRefused() throws ImageException {
        assertCorrupt(new ImageModel(1, List.of(), List.of(new SessionEntry("", List.of()))), "1 byte or more");
    }

    @Test
    void aSessionNameThatIsNoTextIsRefused() throws Exception {
        assertCorrupt(image.putByte(image.session(0) + SessionLayout.NAME, 0xff), "UTF-8");
        encode();
        assertCorrupt(image.putByte(image.session(0) + SessionLayout.NAME + 10, 'x'), "zeros behind it");
    }

    @Test
    void filesOfTheSameTokenInASessionAreRefused() throws Exception {
        assertCorrupt(image.putLong(image.file(0, 1) + SessionLayout.TOKEN, 1), "distinct tokens", "1 twice");
    }

    @Test
    void anotherCountOfFilesThanTheChainHasIsRefused() throws Exception {
        assertCorrupt(image.putLong(image.session(1) + SessionLayout.FILES, 1), "2 files, as the chain has");
    }

    @Test
    void aFileOfAHandlerWithoutANameIsRefused() throws Exception {
        assertCorrupt(image.putByte(image.file(1, 1) + SessionLayout.COMPATIBLE, 0), "a compatible string");
    }

    @Test
    void twoSessionsThatShareFilesAreRefused() throws Exception {
        long first = image.getLong(image.session(0) + SessionLayout.FILES_HEAD);
        assertCorrupt(image.putLong(image.session(1) + SessionLayout.FILES_HEAD, first));
    }

    @Test
    void addressesOutsideOfTheImageAreRefused() throws Exception {
        assertCorrupt(image.putLong(image.session(0) + SessionLayout.FILES_HEAD, 1L << 40), "the address of a page");
        encode();
        assertCorrupt(image.putLong(image.session(0) + SessionLayout.FILES_HEAD, 4097), "the address of a page");
    }

    @Test
    void anImageWithoutNumberIsRefused() throws ImageException {
        assertCorrupt(new ImageModel(0, List.of(), List.of()), LuoLayout.NUMBER);
    }

    @Test
    void laterVersionsAreToldFromBrokenOnes() throws ImageException {
        for (String version : List.of(LuoLayout.ROOT, LuoLayout.SESSION, LuoLayout.FLB, LuoLayout.OWN_FLB,
                LuoLayout.TIMELINE)) {
            String prefix = version.substring(0, version.length() - 1);
            for (String other : List.of("2", "0", "x")) {
                encode();
                ImageException refusal = assertThrows(ImageException.class,
                        image.replace(version, prefix + other)::decode);
                Kind expected = other.equals("2") ? Kind.TOO_NEW : Kind.CORRUPT;
                assertEquals(expected, refusal.kind(), refusal::getMessage);
            }
        }
    }

    @Test
    void aMissingNodeOrPropertyIsRefused() throws ImageException {
        assertCorrupt(image.replace(LuoLayout.OWN_FLB_NODE, "liveupdate-xxx"), "a node");
        encode();
        assertCorrupt(image.replace(LuoLayout.HOLDERS, "holderz"));
    }

    @Test
    void noSingleChangedByteOfTheMetadataIsEverHalfLoaded() throws Exception {
        long from = image.flbPage();
        for (long address = from; address < from + FlbPageLayout.HEADER_BYTES
                + 2 * FlbPageLayout.ENTRY_BYTES; address++) {
            encode();
            image.putByte(address, 0xa5);
            try {
                assertNotEquals(MODEL, image.decode().model(), "a changed byte means something");
            } catch (ImageException e) {
                assertEquals(Kind.CORRUPT, e.kind(), e::getMessage);
            }
        }
    }
}
