//! The syllables that Vietnamese names are made of, whoever is registered.
//!
//! What sounds like a registered name may sound more like one that nobody registered: `เหงียน หาย` is some `Nguyễn Hải`
//! before it is the `Nguyễn Khải` of a registry. Deliberately absent: whole names, and how frequent a syllable is.

use std::cell::RefCell;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::latin_syllable::LatinSyllable;
use super::sounds::Sounds;
use super::{costs, latin_syllable};

/// Family names, those first that are hardly ever given ones, and that another name must begin with.
const FAMILIES: &str = "Nguyễn Trần Lê Phạm Huỳnh Võ Đặng Bùi Đỗ Hồ Ngô Trịnh";
/// How many of them these are.
const SURE: usize = 12;

/// Family, middle and given names.
const OTHERS: &str = "Hoàng Phan Vũ Dương Lý Đào Đoàn Vương Trương Lâm Đinh Phùng Mai Tô Tạ Hà Tăng Cao Châu Thái Thạch Quách La \
    Lương Lưu Kiều Lại Chu Nông Hứa Triệu Từ Tống Vi Mạc Nghiêm Ninh Giang Giáp Doãn Khương Khuất Kim Đàm Điền Diệp Bạch Bế \
    Cù Cung Hạ Lục Phí Sầm Tiêu Tôn Thân Thiều Viên Vàng Giàng Cầm Hầu Âu An Đồng Đường Hồng Quản Tưởng Lò Văn Thị Hữu Đức \
    Đình Ngọc Xuân Quốc Trọng Công Minh Thanh Quang Anh Bá Duy Gia Hải Khánh Mạnh Nhật Phương Quý Thành Thế Thiện Tiến Tuấn \
    Việt Viết Vĩnh Đăng Bích Thu Tường Chí Sỹ Phú Bình Chính Chiến Cường Dũng Đạt Hạnh Hằng Hậu Hiền Hiếu Hoa Hòa Hùng Hưng \
    Hương Huy Khoa Kiên Lan Linh Loan Long Nam Nga Ngân Nghĩa Nhân Nhung Phong Phúc Quân Quyên Quyết Sơn Tài Tâm Tân Thắng \
    Thảo Thịnh Thọ Thủy Toàn Trang Trí Trung Trường Tú Tùng Tuyết Uyên Vân Vinh Yến Khải Triết Luân Vượng Đông Thưởng Lợi \
    Phước Thuận Quyền Tuyên Hiệp Lộc Kỳ Chung Điệp Sang Khôi Bảo Bằng Cẩm Cảnh Cúc Danh Diễm Diễn Du Đại Điệu Định Độ Giác \
    Hân Hào Hiên Hiển Hoài Hoan Hoạt Học Hợp Huệ Huyền Hy Kha Khang Khiêm Khuê Kiệt Lam Lân Lập Lệ Liêm Liên Liễu Luận Lực \
    Ly Mẫn Mẫu Mộng Mỹ Năng Ngà Nghi Nguyên Nguyệt Nhã Nhạc Nhi Như Oanh Pháp Phát Phi Phụng Phượng Quế Quỳnh Sáng Sâm Sinh \
    Sửu Sương Tá Tấn Thạnh Thắm Thăng Thiên Thoa Thơ Thơm Thuần Thùy Thục Thức Thương Tín Tình Tính Tịnh Toán Tố Trâm Trân \
    Trinh Trúc Trực Tuân Tuệ Tùy Tư Tứ Úc Văn Vang Vệ Viện Vũ Vui Vy Xuyến Ý Yên";

static SYLLABLES: LazyLock<Vec<LatinSyllable>> = LazyLock::new(|| {
    let mut heard = Vec::new();
    for name in FAMILIES.split(' ').chain(OTHERS.split_whitespace()) {
        latin_syllable::word_heard(name, true, &mut heard);
    }
    heard.into_iter().map(|heard| heard.syllable).collect()
});

thread_local! {
    /// Syllables come again and again: how near each comes to one of names.
    static KNOWN: RefCell<FxHashMap<usize, f32>> = RefCell::default();
}

/// The least cost of hearing a Thai syllable as one that names are made of, its tone apart.
pub(super) fn least(sounds: Sounds) -> f32 {
    let of = |syllable: &LatinSyllable| costs::cost(&syllable.onsets, &syllable.rimes, sounds);
    KNOWN.with_borrow_mut(|known| {
        *known.entry(sounds.index()).or_insert_with(|| SYLLABLES.iter().map(of).fold(f32::MAX, f32::min))
    })
}

/// The same for the family names that another name begins with.
pub(super) fn least_family(sounds: Sounds) -> f32 {
    let of = |syllable: &LatinSyllable| costs::cost(&syllable.onsets, &syllable.rimes, sounds);
    SYLLABLES[..SURE].iter().map(of).fold(f32::MAX, f32::min)
}
